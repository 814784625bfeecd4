'use strict';
// What a program writes to a request's socket has failed when that is destroyed first.
const http = require('http');
const net = require('net');

const server = http.createServer(({ socket }) => {
  socket.write(Buffer.alloc(64 << 20), (err) => console.log('first', err.code));
  socket.write('more', (err) => console.log('second', err.code));
  socket.on('close', () => {
    console.log('close');
    client.destroy();
    server.close();
  });
  setImmediate(() => socket.destroy());
});
let client;
server.listen(0, () => {
  client = net.connect(server.address().port, () => client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  client.on('error', () => {}).pause();
});
