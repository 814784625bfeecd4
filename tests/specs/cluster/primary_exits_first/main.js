'use strict';
// A primary exits while its workers' sockets close and their handlers send: the workers end quietly.
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  const worker = cluster.fork();
  worker.on('listening', ({ port }) => {
    const socket = net.connect(port);
    socket.on('data', () => {
      console.log('connected');
      process.exit(0);
    });
  });
} else {
  net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => process.send({ gone: true }));
    socket.write('x');
  }).listen(0);
}
