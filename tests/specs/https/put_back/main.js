'use strict';
// A server of HTTP takes connections of a TLS server, also when that has looked at them and put back what it read.
const fs = require('fs');
const https = require('https');
const http = require('http');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const inner = http.createServer((req, res) => {
  let size = 0;
  req.on('data', (chunk) => { size += chunk.length; });
  req.on('end', () => res.end(`${req.socket.encrypted} ${size}`));
});
let look = false;
const server = tls.createServer(options, (socket) => {
  if (!look) {
    inner.emit('connection', socket);
    return;
  }
  socket.once('data', (chunk) => {
    console.log(chunk.toString('latin1', 0, 4));
    socket.pause();
    socket.unshift(chunk);
    inner.emit('connection', socket);
    socket.resume();
  });
});

function post(size, then) {
  const req = https.request({ port: server.address().port, method: 'POST', agent: false, rejectUnauthorized: false }, (res) => {
    res.on('data', (chunk) => console.log(chunk.toString()));
    res.on('end', then);
  });
  req.end(Buffer.alloc(size));
}

server.listen(0, () => {
  post(3, () => post(300_000, () => {
    look = true;
    post(3, () => post(300_000, () => server.close()));
  }));
});
