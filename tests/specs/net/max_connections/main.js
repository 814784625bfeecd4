'use strict';
// One connection too many is dropped, and said to be.
const net = require('net');

const server = net.createServer((socket) => socket.end('welcome'));
server.maxConnections = 0;
server.on('drop', (data) => console.log('drop', Object.keys(data).sort().join(), data.remoteAddress, data.localPort === server.address().port));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const first = net.connect(port, '127.0.0.1');
  first.resume();
  first.on('error', () => {});
  first.on('close', () => {
    server.maxConnections = 1;
    const second = net.connect(port, '127.0.0.1');
    second.on('data', (data) => console.log(`${data}`));
    second.on('close', () => server.getConnections((err, count) => {
      console.log(err, count);
      server.close();
    }));
  });
});
