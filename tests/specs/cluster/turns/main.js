// Each worker gets its turn, also when connections come faster than workers answer.
const cluster = require('cluster');
const net = require('net');

const COUNT = 90;

if (cluster.isWorker) {
  net.createServer((socket) => socket.end(String(cluster.worker.id))).listen(0, '127.0.0.1');
} else {
  let listening = 0;
  const by = {};
  let done = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening !== 3) return;
    for (let i = 0; i < COUNT; i++) {
      net.connect(port, '127.0.0.1').setEncoding('latin1').on('data', (id) => {
        by[id] = (by[id] ?? 0) + 1;
        if (++done !== COUNT) return;
        console.log(by);
        cluster.disconnect();
      });
    }
  });
  for (let i = 0; i < 3; i++) cluster.fork();
}
