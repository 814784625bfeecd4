// When every worker has as many connections as it takes, the others wait, most of them in the kernel; each that ends lets one in.
const cluster = require('cluster');
const fs = require('fs');
const net = require('net');
const { fork } = require('child_process');

const CLIENTS = 200;

if (process.argv[2] === 'clients') {
  const port = Number(process.argv[3]);
  const open = [];
  let served = 0;
  for (let i = 0; i < CLIENTS; i++) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('data', () => {
      open.push(socket);
      process.send(++served);
    });
  }
  process.on('message', () => open.shift().destroy());
} else if (cluster.isWorker) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {}).write('x');
  });
  server.maxConnections = 2;
  server.listen(0, '127.0.0.1');
} else {
  let listening = 0;
  const descriptors = () => fs.readdirSync('/proc/self/fd').length;
  cluster.on('listening', (worker, { port }) => {
    if (++listening !== 2) return;
    const before = descriptors();
    const clients = fork(__filename, ['clients', port]);
    clients.on('message', (served) => {
      // Four are open: one has to end before the next is let in.
      if (served === 4) {
        console.log('accepted and waiting:', descriptors() - before < CLIENTS / 2 ? 'few' : descriptors() - before);
      }
      if (served === CLIENTS) {
        console.log('served:', served);
        clients.kill();
        cluster.disconnect();
      } else if (served >= 4) {
        clients.send('end one');
      }
    });
  });
  cluster.fork();
  cluster.fork();
}
