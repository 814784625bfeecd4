// A socket that a 'clientError' listener has ended takes no answer any more; a client that goes away is no 'clientError'.
'use strict';
const http = require('http');
const net = require('net');

let client;
const server = http.createServer((req, res) => {
  // The connection has a socket.
  console.log(req.url, req.socket.destroyed);
  for (const event of ['aborted', 'error', 'close']) req.on(event, (err) => console.log('request', event, err?.code));
  res.on('finish', () => console.log('finish'));
  res.on('close', () => console.log('response close', res.writableFinished));
  if (req.url === '/gone') client.destroy();
  else server.once('refused', () => res.end('too late'));
});
server.on('clientError', (err, socket) => {
  console.log(err.code);
  socket.end('HTTP/1.1 400 Mine\r\nConnection: close\r\n\r\n');
  socket.once('finish', () => server.emit('refused'));
});
const cases = ['GET /refused HTTP/1.1\r\nHost: a\r\n\r\n\u007f', 'GET /gone HTTP/1.1\r\nHost: a\r\n\r\n'];
server.listen(0, function next() {
  const text = cases.shift();
  if (text === undefined) {
    server.close();
    return;
  }
  client = net.connect({ port: server.address().port });
  let answer = '';
  client.on('data', (chunk) => { answer += chunk; });
  client.on('close', () => console.log('client', JSON.stringify(answer)));
  server.once('connection', (socket) => socket.on('close', () => setImmediate(() => setImmediate(next))));
  client.write(text);
});
