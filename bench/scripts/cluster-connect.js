// A cluster of $WORKERS on $PORT in which every connection gets one byte, which tells the worker.
const cluster = require('cluster');

if (cluster.isPrimary) {
  for (let i = 0; i < Number(process.env.WORKERS); i++) cluster.fork();
} else {
  const byte = String.fromCharCode(32 + cluster.worker.id);
  require('net').createServer((socket) => {
    socket.on('error', () => {});
    socket.write(byte);
  }).listen(Number(process.env.PORT), '127.0.0.1');
}
