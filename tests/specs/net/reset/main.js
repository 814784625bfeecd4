'use strict';
// A reset is an error to the other side; writing to who is gone is one too.
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('data', () => socket.resetAndDestroy());
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('x'));
  client.on('error', (err) => console.log(err.code, err.errno, err.syscall));
  client.on('close', (hadError) => {
    console.log('closed', hadError, client.destroyed);
    client.write('too late', (err) => {
      console.log(err.code, err.message);
      server.close();
    });
  });
});
