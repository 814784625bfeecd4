'use strict';
// close() ends connections that rest and those that have sent nothing yet; one in the middle of a request's head is served first.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end('text'));
server.listen(0, () => {
  const { port } = server.address();
  const names = ['unused', 'used', 'asking'];
  const closed = [];
  const sockets = names.map((name) => net.connect(port).on('close', () => closed.push(name)));
  const [, used, asking] = sockets;
  used.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  asking.write('GET / HTTP/1.1\r\nHo');
  used.once('data', () => setTimeout(() => {
    server.close();
    setTimeout(() => {
      console.log(closed.sort());
      asking.once('data', (text) => {
        console.log(text.toString().split('\r\n')[0]);
        asking.end();
      });
      asking.write('st: localhost\r\n\r\n');
    }, 100);
  }, 100));
});
