// A request whose Transfer-Encoding says nothing of its end is refused, and what was answered at once goes out; so does the answer before one
// whose response is destroyed.
'use strict';
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.sendDate = false;
  if (req.url === '/destroyed') res.destroy();
  else if (req.url === '/slow') setImmediate(() => setImmediate(() => res.end('slow')));
  else res.end('answer');
});
const cases = [
  'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc',
  'GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /destroyed HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /b HTTP/1.1\r\nHost: a\r\n\r\nGET /destroyed HTTP/1.1\r\nHost: a\r\n\r\n',
];
server.listen(0, function next() {
  const text = cases.shift();
  if (text === undefined) {
    server.close();
    return;
  }
  const socket = net.connect(server.address().port);
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => {
    console.log(JSON.stringify(answer));
    next();
  });
  socket.write(text);
});
