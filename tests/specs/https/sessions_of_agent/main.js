'use strict';
// A server's tickets come behind its handshake, often with its first response: an agent keeps them, and its next connection resumes.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const server = https.createServer(options, (req, res) => res.end('text'));
server.listen(0, () => {
  const agent = new https.Agent({ keepAlive: false });
  let left = 3;
  const ask = () => {
    const req = https.get({ port: server.address().port, agent, rejectUnauthorized: false }, (res) => {
      const { socket } = res;
      res.resume();
      res.on('end', () => console.log(socket.isSessionReused()));
      socket.on('close', () => (--left > 0 ? ask() : server.close()));
    });
    req.on('socket', (socket) => socket.once('session', (session) => console.log(Buffer.isBuffer(session))));
  };
  ask();
});
