'use strict';
// The server chooses its certificate by the name that is asked for, and the protocol from those that are offered.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const other = tls.createSecureContext({ key: key('client.key'), cert: key('client.crt') });

const server = tls.createServer({
  key: key('server.key'),
  cert: key('server.crt'),
  ALPNCallback: ({ servername, protocols }) => (servername === 'strict.example' ? undefined : protocols.at(-1)),
}, (socket) => socket.end());
server.addContext('*.example', other);
server.on('tlsClientError', (err) => console.log('server:', err.code));

function connect(servername) {
  return new Promise((resolve) => {
    const client = tls.connect({ port: server.address().port, servername, rejectUnauthorized: false, ALPNProtocols: ['first', 'second'] });
    client.on('secureConnect', () => console.log(servername, client.getPeerCertificate().subject.CN, client.alpnProtocol));
    client.on('error', (err) => console.log(servername, err.code));
    client.on('close', resolve);
    client.resume();
  });
}

server.listen(0, async () => {
  await connect('localhost');
  await connect('a.example');
  await connect('strict.example');
  server.close();
});
