// Connections that a worker has not acknowledged when it dies are another worker's.
const cluster = require('cluster');
const net = require('net');

if (cluster.isWorker) {
  process.on('message', () => process.kill(process.pid, 'SIGSTOP'));
  net.createServer((socket) => socket.end(String(cluster.worker.id))).listen(0, '127.0.0.1');
} else {
  let listening = 0;
  const answers = [];
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) stopFirst(port);
  });

  function stopFirst(port) {
    const [first] = Object.values(cluster.workers);
    first.send('stop');
    const timer = setInterval(() => {
      const state = /\) (\w)/.exec(require('fs').readFileSync(`/proc/${first.process.pid}/stat`, 'latin1'))[1];
      if (state !== 'T') return;
      clearInterval(timer);
      for (let i = 0; i < 6; i++) connect(port, first);
    }, 5);
  }

  function connect(port, first) {
    net.connect(port, '127.0.0.1').setEncoding('latin1').on('data', (id) => {
      answers.push(id);
      if (answers.length === 3) {
        console.log('while it stands still:', answers.join());
        first.process.kill('SIGKILL');
      }
      if (answers.length === 6) {
        console.log('when it is dead:', answers.slice(3).join());
        cluster.disconnect();
      }
    });
  }
  cluster.fork();
  cluster.fork();
}
