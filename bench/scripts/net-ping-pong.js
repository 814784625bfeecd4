'use strict';
// 32 connections of this process to itself, on each of which 64 bytes go to and fro: prints round trips per second.
const net = require('net');

const CONNECTIONS = 32;
const SIZE = 64;
const WARM_UP = 500;
const MEASURED = 2000;

const message = Buffer.alloc(SIZE, 'x');
let trips = 0;

const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('data', (data) => socket.write(data));
});

function start(sockets) {
  for (const socket of sockets) {
    let got = 0;
    socket.on('data', (data) => {
      got += data.length;
      if (got < SIZE) return;
      got -= SIZE;
      trips++;
      socket.write(message);
    });
    socket.write(message);
  }
  setTimeout(() => {
    const before = trips;
    const began = performance.now();
    setTimeout(() => {
      console.log(Math.round((trips - before) * 1000 / (performance.now() - began)));
      process.exit();
    }, MEASURED);
  }, WARM_UP);
}

server.listen(0, '127.0.0.1', () => {
  const sockets = [];
  let connected = 0;
  for (let i = 0; i < CONNECTIONS; i++) {
    sockets.push(net.connect({ port: server.address().port, host: '127.0.0.1', noDelay: true }, () => {
      if (++connected === CONNECTIONS) start(sockets);
    }));
  }
});
