'use strict';
// A silent connection of a server with setTimeout() is told of once.
const fs = require('fs');
const https = require('https');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const server = https.createServer({ key: key('server.key'), cert: key('server.crt') });
let count = 0;
server.setTimeout(50, (socket) => {
  count++;
  socket.destroy();
  server.close();
});
server.on('close', () => console.log('timeouts:', count));
server.listen(0, () => {
  const client = tls.connect({ port: server.address().port, allowHalfOpen: true, rejectUnauthorized: false });
  client.on('error', () => {});
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
});
