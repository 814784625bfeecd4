'use strict';
// What a callback throws while a client's hello is answered ends that connection, not the process.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

async function attempt(what, options) {
  const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), ...options });
  server.on('tlsClientError', (err) => console.log(what, 'server:', err.code ?? err.message));
  await new Promise((resolve) => server.listen(0, resolve));
  const client = tls.connect({ port: server.address().port, servername: 'localhost', rejectUnauthorized: false, ALPNProtocols: ['first'] });
  client.on('error', (err) => console.log(what, 'client:', err.code));
  await new Promise((resolve) => client.on('close', resolve));
  server.close();
}

(async () => {
  await attempt('ALPN throws', { ALPNCallback() { throw new Error('thrown'); } });
  await attempt('ALPN not offered', { ALPNCallback: () => 'second' });
  await attempt('SNI throws', { SNICallback() { throw new Error('thrown'); } });
  await attempt('SNI fails', { SNICallback: (name, done) => done(new Error(`no ${name}`)) });
  await attempt('SNI without context', { SNICallback: (name, done) => done(null, {}) });
})();
