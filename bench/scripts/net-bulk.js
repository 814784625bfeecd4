'use strict';
// One connection of this process to itself: blocks of 64 KB are written as fast as they are taken and come back. Prints megabytes per second.
const net = require('net');

const WARM_UP = 500;
const MEASURED = 2000;

const block = Buffer.alloc(64 * 1024, 'x');
let bytes = 0;

const server = net.createServer((socket) => socket.pipe(socket));

server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.on('data', (data) => { bytes += data.length; });
    const write = () => {
      while (socket.write(block));
    };
    socket.on('drain', write);
    write();
    setTimeout(() => {
      const before = bytes;
      const began = performance.now();
      setTimeout(() => {
        console.log(Math.round((bytes - before) / 1000 / (performance.now() - began)));
        process.exit();
      }, MEASURED);
    }, WARM_UP);
  });
});
