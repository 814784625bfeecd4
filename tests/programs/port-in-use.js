// Listens on a port that is taken, given as argument: by itself, and in a worker.
const cluster = require('cluster');
const port = Number(process.argv[2]);

function listen(role, done) {
  require('http').createServer().listen(port).on('error', (e) => {
    console.log(`${role}: ${e.message} ${e.code} ${e.errno} ${e.syscall} ${e.address} ${e.port}`);
    done();
  });
}

if (cluster.isPrimary) listen('alone', () => cluster.fork());
else listen('worker', () => process.exit());
