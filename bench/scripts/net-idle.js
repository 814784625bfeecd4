'use strict';
// A server with $CONNECTIONS idle connections from another process: prints the bytes of memory that each has cost it. The program's
// own pages are not looked at: their share changes with every other process that runs it.
const { fork } = require('child_process');
const fs = require('fs');
const net = require('net');

const count = Number(process.env.CONNECTIONS || 10000);

function pss() {
  if (typeof gc === 'function') gc();
  return Number(/^Pss_Anon:\s+(\d+)/m.exec(fs.readFileSync('/proc/self/smaps_rollup', 'latin1'))[1]) * 1024;
}

if (process.env.IDLE_PORT) {
  const sockets = [];
  const connect = () => {
    const socket = net.connect({ port: Number(process.env.IDLE_PORT), host: '127.0.0.1' }, () => {
      if (sockets.length < count) connect();
    });
    sockets.push(socket);
  };
  for (let i = 0; i < 50; i++) connect();
  process.on('disconnect', () => process.exit());
} else {
  let open = 0;
  let before = 0;
  const sockets = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('data', () => {});
    // The first hundred warm the server up.
    if (++open === 100) before = pss();
    if (open !== count) return;
    setTimeout(() => {
      console.log(Math.round((pss() - before) / (count - 100)));
      process.exit();
    }, 500);
  });
  server.listen(0, '127.0.0.1', 1000, () => fork(__filename, { env: { ...process.env, IDLE_PORT: server.address().port } }));
}
