// A connection that is on its way to a worker when the primary lets go of that worker is served once: by whoever takes it.
const cluster = require('cluster');
const net = require('net');

if (cluster.isWorker) {
  process.on('message', () => {
    process.send('stands still', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300));
  });
  net.createServer((socket) => {
    process.send('serves');
    socket.end('x');
  }).listen(0, '127.0.0.1');
} else {
  let listening = 0;
  const served = [];
  cluster.on('listening', (worker, { port }) => {
    if (++listening < 2) return;
    const first = cluster.workers[1];
    first.send('stand still');
    first.once('message', () => {
      // By turns: when one is answered, the other is on its way to the worker that stands still.
      const answered = () => first.exitedAfterDisconnect || first.disconnect();
      for (let i = 0; i < 2; i++) net.connect(port, '127.0.0.1').resume().once('end', answered);
    });
    first.once('disconnect', () => {
      console.log('served by', served.sort().join());
      cluster.disconnect();
    });
  });
  cluster.on('message', (worker, message) => {
    if (message === 'serves') served.push(worker.id);
  });
  cluster.fork();
  cluster.fork();
}
