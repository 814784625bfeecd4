'use strict';
// Clients of a cluster, by polling and by WebSocket, each bound to its worker; what one sends to all reaches those of the other worker.
const cluster = require('cluster');
const http = require('http');
const { createAdapter, setupPrimary } = require('@socket.io/cluster-adapter');
const { setupMaster, setupWorker } = require('@socket.io/sticky');

if (cluster.isPrimary) {
  const server = http.createServer();
  setupMaster(server, { loadBalancingMethod: 'round-robin' });
  setupPrimary();
  cluster.setupPrimary({ serialization: 'advanced' });
  let up = 0;
  cluster.on('message', (worker, message) => {
    if (message === 'up' && ++up === 2) connect(`http://localhost:${server.address().port}`);
  });
  server.listen(0, () => {
    cluster.fork();
    cluster.fork();
  });
} else {
  const { Server } = require('socket.io');
  const server = http.createServer();
  const io = new Server(server);
  io.adapter(createAdapter());
  setupWorker(io);
  io.on('connection', (socket) => {
    socket.emit('pid', process.pid);
    socket.on('all', (text) => io.emit('all', text));
  });
  process.send('up');
}

function connect(url) {
  const { io } = require('socket.io-client');
  const clients = ['polling', 'websocket', 'polling', 'websocket'].map((transport) => io(url, { transports: [transport] }));
  const pids = new Set();
  let known = 0;
  let told = 0;
  for (const client of clients) {
    client.on('connect_error', (err) => console.log(err.message));
    client.on('pid', (pid) => {
      pids.add(pid);
      if (++known < clients.length) return;
      console.log('workers:', pids.size);
      clients[0].emit('all', 'hello');
    });
    client.on('all', (text) => {
      if (++told < clients.length) return;
      console.log('all were told:', text);
      process.exit(0);
    });
  }
}
