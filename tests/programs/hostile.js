// Two workers that serve, and one that is another program: hostile.js json|advanced EXEC_PATH.
const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  const [serialization, execPath] = process.argv.slice(2);
  // Node would end with these; here they are what the test is about.
  process.on('warning', () => {});
  let listening = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening !== 2) return;
    console.log(`ready ${port}`);
    cluster.setupPrimary({ execPath, serialization, execArgv: [] });
    const attacker = cluster.fork();
    console.log('attack');
    console.log(`attacker ${attacker.process.pid}`);
    attacker.once('disconnect', () => console.log('the channel has ended'));
    attacker.once('exit', () => console.log('the attacker is gone'));
  });
  cluster.fork();
  cluster.fork();
} else {
  http.createServer((req, res) => res.end(`worker ${cluster.worker.id}`)).listen(0);
}
