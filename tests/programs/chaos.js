// Four workers that answer with their pid; one that ends is replaced. Prints `ready PORT` when all four listen.
const cluster = require('cluster');

if (cluster.isPrimary) {
  let listening = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 4) console.log(`ready ${port}`);
  });
  cluster.on('exit', () => cluster.fork());
  for (let i = 0; i < 4; i++) cluster.fork();
} else {
  require('http').createServer((req, res) => res.end(String(process.pid))).listen(0);
}
