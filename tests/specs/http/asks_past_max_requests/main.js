'use strict';
// The answer to the last request that a connection may have says `Connection: close`, but it is the client that ends it: what it asks for later gets 503.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.on('finish', () => console.log(req.url, res.shouldKeepAlive, res.maxRequestsOnConnectionReached));
  res.end('text');
});
server.maxRequestsPerSocket = 2;
server.on('dropRequest', (req) => console.log('dropped', req.url));
server.listen(0, () => {
  const socket = net.connect(server.address().port);
  let number = 0;
  const ask = () => socket.write(`GET /${++number} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (!text.endsWith('\r\n\r\ntext') && !text.endsWith('\r\n0\r\n\r\n')) return;
    console.log(text.replace(/Date: .*\r\n/, ''));
    text = '';
    // Later than the server could end it.
    if (number < 4) setTimeout(ask, 50);
    else socket.end();
  });
  socket.on('close', () => server.close());
  ask();
});
