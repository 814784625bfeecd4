// Whatever answers a CONNECT request is 'connect', an interim status too; behind a 101 that is no upgrade nothing is read.
'use strict';
const http = require('http');
const net = require('net');

const answers = [
  ['CONNECT', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nrest'],
  ['CONNECT', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
  ['GET', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nrest'],
];
const server = net.createServer((socket) => {
  socket.once('data', () => socket.end(answers[0][1]));
}).listen(0, next);

function next() {
  if (answers.length === 0) {
    server.close();
    return;
  }
  const [method] = answers[0];
  const req = http.request({ port: server.address().port, method });
  const show = (event) => (res, socket, head) => {
    console.log(event, res.statusCode, res.complete, res.method, res.upgrade, JSON.stringify(head?.toString()));
    res.on('end', () => console.log('end', res.complete));
    res.resume();
    socket?.end();
  };
  for (const event of ['response', 'connect', 'upgrade', 'continue']) req.on(event, show(event));
  req.on('error', (err) => console.log('error', err.code));
  req.on('close', () => {
    answers.shift();
    setImmediate(next);
  });
  req.end();
}
