'use strict';
// In 'connection' a program takes HTTP's reader away, looks at the first bytes itself, and hands the socket to a worker, which puts them back.
const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  const worker = cluster.fork();
  const server = http.createServer(() => console.log('not here'));
  server.on('connection', (socket) => {
    socket.removeAllListeners('data');
    socket.once('data', (chunk) => {
      console.log('primary saw', String(chunk).split('\r\n')[0]);
      socket.pause();
      worker.send({ first: String(chunk) }, socket);
    });
  });
  worker.on('online', () => server.listen(0, () => {
    http.get({ port: server.address().port, path: '/a', agent: false }, (res) => {
      res.setEncoding('utf8').on('data', (text) => console.log('client got', text)).on('end', () => {
        server.close();
        worker.disconnect();
      });
    });
  }));
} else {
  const server = http.createServer((req, res) => res.end(`${req.method} ${req.url} by the worker`));
  process.on('message', ({ first }, socket) => {
    server.emit('connection', socket);
    socket.unshift(Buffer.from(first));
  });
}
