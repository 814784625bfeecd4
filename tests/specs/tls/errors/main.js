'use strict';
// What a client hears of a server that it should not trust, with Node's codes.
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

async function attempt(title, name, options) {
  const server = tls.createServer({ key: key(`${name}.key`), cert: key(`${name}.crt`) }, (socket) => socket.end());
  server.on('tlsClientError', () => {});
  await new Promise((resolve) => server.listen(0, resolve));
  await new Promise((resolve) => {
    const client = tls.connect({ port: server.address().port, servername: 'localhost', ...options });
    client.on('secureConnect', () => console.log(`${title}: secure, authorized ${client.authorized}, ${client.authorizationError}`));
    client.on('error', (err) => console.log(`${title}: ${err.code}`));
    client.on('close', resolve);
    client.resume();
  });
  await new Promise((resolve) => server.close(resolve));
}

(async () => {
  await attempt('unknown issuer', 'server', {});
  await attempt('unknown issuer, but never mind', 'server', { rejectUnauthorized: false });
  await attempt('expired', 'expired', { ca: key('ca.crt') });
  await attempt('another host', 'server', { ca: key('ca.crt'), servername: 'elsewhere.example' });
  await attempt('by a name with a star', 'server', { ca: key('ca.crt'), servername: 'www.server.example' });
  await attempt('a client\'s certificate', 'client', { ca: key('ca.crt') });

  const plain = net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, () => {
    const client = tls.connect(plain.address().port);
    client.on('error', (err) => {
      console.log(`no TLS at all: ${err.code}, ${err.reason}`);
      plain.close();
    });
  });
})();
