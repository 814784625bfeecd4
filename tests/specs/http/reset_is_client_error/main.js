// A connection that its client resets is told of by 'clientError', whether it has a request, a part of one, or none, and whether or not anybody has
// asked for its socket.
'use strict';
const http = require('http');
const net = require('net');

const texts = {
  none: '',
  part: 'GET / HT',
  waiting: 'GET /wait HTTP/1.1\r\nHost: a\r\n\r\n',
  answered: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
};
const names = Object.keys(texts);
let client;
const server = http.createServer((req, res) => {
  req.on('error', (err) => console.log('request', err.message));
  if (req.url === '/wait') client.resetAndDestroy();
  else res.end('ok');
}).listen(0, next);
server.on('clientError', (err, socket) => {
  console.log(err.code, err.syscall, socket.destroyed, socket.writable);
  socket.on('close', () => setImmediate(next));
});

function next() {
  const name = names.shift();
  if (name === undefined) {
    server.close();
    return;
  }
  console.log('---', name);
  client = net.connect(server.address().port, () => {
    client.write(texts[name]);
    if (name === 'none' || name === 'part') setTimeout(() => client.resetAndDestroy(), 20);
  });
  client.on('data', () => client.resetAndDestroy());
  client.on('error', () => {});
}
