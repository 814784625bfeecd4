// The same as full_http_worker, with somebody who looks at the connections.
const cluster = require('cluster');
const http = require('http');
const net = require('net');

if (cluster.isWorker) {
  const server = http.createServer((req, res) => res.end(String(cluster.worker.id)));
  server.on('connection', () => {});
  if (cluster.worker.id === 1) server.maxConnections = 1;
  server.listen(0, '127.0.0.1');
} else {
  let listening = 0;
  cluster.on('listening', (worker, { port }) => {
    if (++listening === 2) ask(port, []);
  });
  const open = [];
  // Connections that stay open, one after the other.
  function ask(port, by) {
    if (by.length === 7) {
      console.log(by.sort().join());
      for (const socket of open) socket.destroy();
      cluster.disconnect();
      return;
    }
    const socket = net.connect(port, '127.0.0.1').setEncoding('latin1');
    open.push(socket);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      const body = /\r\n\r\n(\d)$/.exec(text);
      if (body) ask(port, [...by, body[1]]);
    });
  }
  cluster.fork();
  cluster.fork();
}
