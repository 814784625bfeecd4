// Forks four workers and ends when all of them listen.
const cluster = require('cluster');

if (cluster.isPrimary) {
  let listening = 0;
  cluster.on('listening', () => {
    if (++listening === 4) process.exit();
  });
  for (let i = 0; i < 4; i++) cluster.fork();
} else {
  require('http').createServer().listen(Number(process.env.PORT), '127.0.0.1');
}
