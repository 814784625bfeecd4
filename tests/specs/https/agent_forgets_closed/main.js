'use strict';
// When a request is closed, its agent knows nothing of the connection any more.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const server = https.createServer({ key: key('server.key'), cert: key('server.crt') }, (req, res) => res.end('text'));
server.listen(0, () => {
  const agent = new https.Agent({ keepAlive: false });
  const req = https.get({ port: server.address().port, agent, rejectUnauthorized: false }, (res) => {
    console.log(Object.keys(agent.sockets).length);
    res.resume();
    server.close();
  });
  req.on('close', () => console.log(Object.keys(agent.sockets).length));
});
