'use strict';
// A connection that is reset before its response fails the request with ECONNRESET, also where TLS has still to say its end.
const fs = require('fs');
const https = require('https');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);

let carrier;
const server = tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => {
  socket.on('error', () => {});
  socket.once('data', () => carrier.resetAndDestroy());
});
server.on('connection', (socket) => { carrier = socket; });
server.listen(0, () => {
  const req = https.get({ port: server.address().port, rejectUnauthorized: false, agent: false });
  req.on('error', (err) => console.log(err.code));
  req.on('close', () => server.close());
});
