// What a primary sees of a worker's life, and what it knows of it.
const cluster = require('cluster');

if (cluster.isWorker) {
  const server = require('net').createServer().listen(0, '127.0.0.1');
  process.on('message', (message) => {
    process.send({ echo: message, id: cluster.worker.id, master: cluster.isMaster, address: server.address().address });
  });
} else {
  for (const name of ['fork', 'online', 'listening', 'disconnect', 'exit']) {
    cluster.on(name, (worker, ...args) => {
      const shown = args.map((a) => (a?.port ? { ...a, port: 'a port' } : a));
      console.log(name, worker.id, worker.state, worker.exitedAfterDisconnect, Object.keys(cluster.workers).length, ...shown);
    });
  }
  cluster.on('setup', ({ exec, args, silent }) => console.log('setup', exec === __filename, args, silent));
  cluster.on('message', (worker, message) => {
    console.log(message);
    worker.disconnect();
  });
  cluster.on('listening', (worker) => worker.send({ hello: 'worker' }));
  cluster.setupPrimary({ args: ['a', 'b'] });
  cluster.fork();
}
