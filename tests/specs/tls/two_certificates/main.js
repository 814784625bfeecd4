'use strict';
// A server with two kinds of keys shows the certificate that suits the suites the client offers.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const server = tls.createServer({
  key: [key('ec.key'), key('server.key')],
  cert: [key('server.crt'), key('ec.crt')],
}, (socket) => socket.end());

server.listen(0, async () => {
  for (const kind of ['ECDSA', 'RSA']) {
    await new Promise((resolve) => {
      const client = tls.connect({
        port: server.address().port, ca: key('ca.crt'), checkServerIdentity() {}, ciphers: `ECDHE-${kind}-AES256-GCM-SHA384`, maxVersion: 'TLSv1.2',
      }, () => console.log(client.getPeerCertificate().subject.CN, client.getCipher().name));
      client.on('error', (err) => console.log(err.code)).on('close', resolve).resume();
    });
  }
  server.close();
});
