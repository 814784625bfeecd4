// How a worker that ends in one way or another is known to its primary.
const cluster = require('cluster');

const ways = ['exit', 'kill itself', 'disconnect itself', 'be disconnected', 'be killed', 'throw'];

if (cluster.isWorker) {
  require('net').createServer().listen(0);
  process.on('message', (way) => {
    if (way === 'exit') process.exit(3);
    if (way === 'kill itself') process.kill(process.pid, 'SIGKILL');
    if (way === 'disconnect itself') cluster.worker.disconnect();
    if (way === 'throw') {
      process.on('uncaughtException', () => process.exit(7));
      throw new Error('thrown');
    }
  });
} else {
  cluster.on('exit', (worker, code, signal) => {
    console.log(`${worker.way}: ${code} ${signal} ${worker.exitedAfterDisconnect} ${worker.isDead()} ${worker.isConnected()}`);
    next();
  });
  function next() {
    const way = ways.shift();
    if (way === undefined) return;
    const worker = cluster.fork();
    worker.way = way;
    worker.on('listening', () => {
      if (way === 'be disconnected') worker.disconnect();
      else if (way === 'be killed') worker.kill();
      else worker.send(way);
    });
  }
  next();
}
