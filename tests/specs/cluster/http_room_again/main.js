// When all workers' http servers are at their limits, a connection waits until one of them has room, and then goes there.
const cluster = require('cluster');
const http = require('http');
const net = require('net');

if (cluster.isWorker) {
  const server = http.createServer((req, res) => res.end('answer'));
  server.maxConnections = 1;
  server.listen(0, '127.0.0.1');
} else {
  let listening = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) start(port);
  });
  function start(port) {
    let answers = 0;
    for (let i = 0; i < 5; i++) {
      const socket = net.connect(port, '127.0.0.1');
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      // Whoever is answered gives its place to the next.
      socket.once('data', () => {
        console.log(++answers);
        socket.destroy();
        if (answers === 5) cluster.disconnect();
      });
    }
  }
  cluster.fork();
  cluster.fork();
}
