'use strict';
// Signature algorithms that a side allows: what both have is used, and without any there is no connection.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

function attempt(ofClient, ofServer) {
  return new Promise((resolve) => {
    const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), sigalgs: ofServer }, (socket) => {
      console.log(socket.getSharedSigalgs().join());
      socket.end();
    });
    server.on('tlsClientError', (err) => console.log('server:', err.code));
    server.listen(0, () => {
      const client = tls.connect({ port: server.address().port, rejectUnauthorized: false, sigalgs: ofClient });
      client.on('error', (err) => console.log('client:', err.code));
      client.on('close', () => server.close(resolve));
      client.resume();
    });
  });
}

(async () => {
  await attempt('ecdsa_secp256r1_sha256:RSA-PSS+SHA384:RSA-PSS+SHA256', 'RSA-PSS+SHA256:ECDSA+SHA256');
  await attempt('RSA-PSS+SHA384:ECDSA+SHA256', 'RSA-PSS+SHA256:ECDSA+SHA384');
  for (const sigalgs of ['', 'nonsense', 'ed448']) {
    try {
      tls.createSecureContext({ sigalgs });
    } catch (err) {
      console.log(err.code, err.message);
    }
  }
})();
