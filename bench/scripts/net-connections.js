'use strict';
// Connections of this process to itself, 32 at a time, which the server ends at once: prints connections per second.
const net = require('net');

const AT_A_TIME = 32;
const WARM_UP = 500;
const MEASURED = 2000;

let closed = 0;

const server = net.createServer((socket) => socket.end());

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const connect = () => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.on('close', () => {
      closed++;
      connect();
    });
    socket.resume();
  };
  for (let i = 0; i < AT_A_TIME; i++) connect();
  setTimeout(() => {
    const before = closed;
    const began = performance.now();
    setTimeout(() => {
      console.log(Math.round((closed - before) * 1000 / (performance.now() - began)));
      process.exit();
    }, MEASURED);
  }, WARM_UP);
});
