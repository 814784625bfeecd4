'use strict';
// When a response has ended and its connection closes, what was agreed can still be asked for.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const server = https.createServer({ key: key('server.key'), cert: key('server.crt') }, (req, res) => res.end('x'));

function end() {
  return new Promise((resolve) => {
    https.get({ port: server.address().port, rejectUnauthorized: false, agent: false }, (res) => {
      res.resume();
      res.on('end', () => resolve(res.socket));
    });
  });
}

server.listen(0, async () => {
  const socket = await end();
  console.log(socket.getPeerCertificate().subject.CN, socket.getProtocol(), socket.isSessionReused());
  server.close();
});
