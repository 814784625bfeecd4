'use strict';
// An agent keeps connections, and sessions for those that it makes anew.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);

const server = https.createServer({ key: key('server.key'), cert: key('server.crt') }, (req, res) => res.end());

function get(agent) {
  return new Promise((resolve, reject) => {
    const req = https.get({ port: server.address().port, ca: key('ca.crt'), agent }, (res) => {
      const seen = [req.reusedSocket, res.socket.isSessionReused()];
      res.resume().on('end', () => setImmediate(resolve, seen));
    });
    req.on('error', reject);
  });
}

server.listen(0, async () => {
  const keeping = new https.Agent({ keepAlive: true });
  console.log('kept:', await get(keeping), await get(keeping));
  const closing = new https.Agent({ keepAlive: false });
  console.log('anew:', await get(closing), await get(closing));
  keeping.destroy();
  server.close();
});
