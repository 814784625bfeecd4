'use strict';
// The callbacks of write() and end() hear of it when the connection goes before the bytes do: a response's, and a request's.
const http = require('http');
const net = require('net');

const large = Buffer.alloc(64 << 20);
function send(name, message) {
  for (const [what, data] of [['first', large], ['second', 'more']]) message.write(data, (err) => console.log(name, what, err.code));
  message.end('last', (err) => console.log(name, 'end', err.code));
  message.on('finish', () => console.log(name, 'finish'));
  return new Promise((resolve) => message.on('close', () => resolve(console.log(name, 'close', message.writableFinished))));
}

async function response() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const client = net.connect(server.address().port, () => client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  client.on('error', () => {}).pause();
  await new Promise((resolve) => server.on('request', (req, res) => {
    req.on('error', () => {});
    resolve(send('response', res));
    setImmediate(() => client.resetAndDestroy());
  }));
  server.close();
}

async function request() {
  const server = net.createServer((socket) => {
    socket.pause();
    setImmediate(() => socket.resetAndDestroy());
  });
  await new Promise((resolve) => server.listen(0, resolve));
  const req = http.request({ port: server.address().port, method: 'POST', agent: false });
  req.on('error', () => console.log('request', 'error'));
  await send('request', req);
  server.close();
}

response().then(request);
