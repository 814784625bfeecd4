'use strict';
// Silence is noticed, by setTimeout() and by option; it ends nothing by itself.
const net = require('net');

const server = net.createServer((socket) => {
  socket.resume();
  socket.on('end', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', timeout: 20 });
  console.log(client.timeout);
  client.once('timeout', () => {
    console.log('silence', client.destroyed);
    client.setTimeout(0);
    console.log(client.timeout, client.listenerCount('timeout'));
    client.setTimeout(10, () => {
      console.log('again');
      client.end();
    });
  });
  client.on('close', () => console.log('closed'));
});
