'use strict';
// A server that asks for the client's certificate, and one that insists on it.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('client.key'), cert: key('client.crt') };

async function attempt(title, serverOptions, clientOptions) {
  const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), ca: key('ca.crt'), requestCert: true, ...serverOptions }, (socket) => {
    console.log(`${title}: authorized ${socket.authorized}, ${socket.authorizationError}, ${socket.getPeerCertificate().subject?.CN}`);
    socket.end();
  });
  server.on('tlsClientError', (err) => console.log(`${title}: refused, ${err.code}`));
  await new Promise((resolve) => server.listen(0, resolve));
  await new Promise((resolve) => {
    const client = tls.connect({ port: server.address().port, servername: 'localhost', ca: key('ca.crt'), ...clientOptions });
    client.on('error', () => {});
    client.on('close', resolve);
    client.resume();
  });
  await new Promise((resolve) => server.close(resolve));
}

(async () => {
  await attempt('asked, given', { rejectUnauthorized: false }, own);
  await attempt('asked, not given', { rejectUnauthorized: false }, {});
  await attempt('insisted, given', {}, own);
  await attempt('insisted, not given', {}, {});
  await attempt('not trusted', { ca: key('server.crt'), rejectUnauthorized: false }, own);
})();
