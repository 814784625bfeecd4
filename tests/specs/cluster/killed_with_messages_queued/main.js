'use strict';
// What a worker never reads is lost with it, and is no error.
const cluster = require('cluster');

if (cluster.isPrimary) {
  const worker = cluster.fork();
  worker.on('online', () => {
    worker.process.kill('SIGSTOP');
    setTimeout(() => {
      console.log(worker.send('x'.repeat(3_000_000)), worker.send('y'));
      setTimeout(() => worker.process.kill('SIGKILL'), 50);
    }, 50);
  });
  cluster.on('exit', (_, code, signal) => {
    console.log(signal);
    setTimeout(() => console.log('end'), 50);
  });
} else {
  setInterval(() => {}, 1000);
}
