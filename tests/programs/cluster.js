// Two workers that answer `hello`; prints `ready PORT` when both listen and `exit PID SIGNAL` for each that ends.
const cluster = require('cluster');

if (cluster.isPrimary) {
  let listening = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) console.log(`ready ${port}`);
  });
  cluster.on('exit', (worker, code, signal) => console.log(`exit ${worker.process.pid} ${signal ?? code}`));
  cluster.fork();
  cluster.fork();
} else {
  require('http').createServer((req, res) => res.end('hello')).listen(0);
}
