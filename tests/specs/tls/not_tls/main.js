'use strict';
// What speaks no TLS is told of by OpenSSL's codes, and is not answered in TLS.
const http = require('http');
const net = require('net');
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('server.key'), cert: key('server.crt') };

const closed = (socket) => new Promise((resolve) => socket.on('close', resolve));
const listening = (server) => new Promise((resolve) => server.listen(0, resolve));

(async () => {
  const server = tls.createServer(own);
  server.on('tlsClientError', (err) => console.log('server:', err.code));
  await listening(server);
  for (const text of ['GET / HTTP/1.1\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\n\r\n', 'no request, no hello']) {
    const client = net.connect(server.address().port, () => client.write(text));
    client.on('data', (data) => console.log('client:', data.length, 'bytes'));
    await closed(client);
  }
  server.close();

  const plain = http.createServer();
  plain.on('clientError', (err, socket) => {
    console.log('plain server:', err.code);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await listening(plain);
  const client = tls.connect(plain.address().port);
  client.on('error', (err) => console.log('client:', err.code, err.syscall, Object.keys(err).join()));
  await closed(client);
  plain.close();
})();
