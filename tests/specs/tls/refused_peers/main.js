'use strict';
// Who does not trust its peer leaves before the handshake is over: the other side never takes the connection for a good one.
const https = require('https');
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('server.key'), cert: key('server.crt') };

const closed = (socket) => new Promise((resolve) => socket.on('close', resolve));
const listening = (server) => new Promise((resolve) => server.listen(0, resolve));

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    console.log(maxVersion);
    const server = tls.createServer({ ...own, maxVersion }, () => console.log('server: secure'));
    server.on('tlsClientError', (err) => console.log('server:', err.code));
    await listening(server);
    const client = tls.connect(server.address().port);
    client.on('error', (err) => console.log('client:', err.code));
    await closed(client);
    await new Promise((resolve) => server.close(resolve));

    const strict = tls.createServer({ ...own, maxVersion, requestCert: true }, () => console.log('strict server: secure'));
    strict.on('tlsClientError', (err) => console.log('strict server:', err.code));
    await listening(strict);
    const stranger = tls.connect({ port: strict.address().port, rejectUnauthorized: false, key: key('client.key'), cert: key('client.crt') });
    stranger.on('error', (err) => console.log('stranger:', err.code));
    stranger.resume();
    await closed(stranger);
    await new Promise((resolve) => strict.close(resolve));
  }
  const server = https.createServer(own, () => {});
  server.on('tlsClientError', (err) => console.log('https server:', err.code));
  await listening(server);
  await new Promise((resolve) => https.get({ port: server.address().port }).on('error', (err) => resolve(console.log('https client:', err.code))));
  server.close();
})();
