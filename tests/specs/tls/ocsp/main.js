'use strict';
// The server staples what the program answers to 'OCSPRequest'; the client that asked for it is given it before the handshake is over.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const context = { key: key('server.key'), cert: key('server.crt'), ca: key('ca.crt') };

const server = tls.createServer(context, (socket) => socket.end());
let answer = Buffer.from('a response');
server.once('OCSPRequest', (certificate, issuer) => {
  const { X509Certificate } = require('crypto');
  console.log('server: asked about', new X509Certificate(certificate).subject, 'by', new X509Certificate(issuer).subject);
});
server.on('OCSPRequest', (certificate, issuer, done) => setImmediate(done, null, answer));

function connect(maxVersion, session) {
  return new Promise((resolve) => {
    const client = tls.connect({ port: server.address().port, servername: 'localhost', ca: key('ca.crt'), requestOCSP: true, maxVersion, session });
    client.on('OCSPResponse', (response) => console.log('client:', response === null ? null : response.toString()));
    client.on('secureConnect', () => console.log('client: secure', client.getProtocol(), client.isSessionReused()));
    client.on('session', (given) => { session = given; });
    client.on('close', () => resolve(session));
    client.resume();
  });
}

server.listen(0, async () => {
  await connect('TLSv1.2', await connect('TLSv1.2'));
  await connect('TLSv1.3');
  answer = null;
  await connect('TLSv1.3');
  server.close();
});
