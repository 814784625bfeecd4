'use strict';
// A worker that closes the shared socket takes no datagram with it that the others could have had.
const cluster = require('cluster');
const dgram = require('dgram');

const WORKERS = 3;
const EACH = 5;

if (cluster.isPrimary) {
  let listening = 0;
  let total = 0;
  cluster.on('listening', (worker, { port, addressType }) => {
    if (++listening < WORKERS) return;
    console.log('addressType:', addressType);
    const socket = dgram.createSocket('udp4');
    let sent = 0;
    for (let i = 0; i < WORKERS * EACH; i++) {
      socket.send(`${i}`, port, '127.0.0.1', () => {
        if (++sent === WORKERS * EACH) socket.close();
      });
    }
  });
  cluster.on('message', (worker, count) => {
    total += count;
    if (total === WORKERS * EACH) console.log('received:', total);
  });
  for (let i = 0; i < WORKERS; i++) cluster.fork();
} else {
  const socket = dgram.createSocket('udp4');
  let received = 0;
  socket.on('message', () => {
    if (++received < EACH) return;
    socket.close();
    process.send(received, () => process.disconnect());
  });
  socket.bind(0);
}
