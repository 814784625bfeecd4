'use strict';
// TLS over streams that are no sockets.
const fs = require('fs');
const tls = require('tls');
const { duplexPair } = require('stream');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const [one, two] = duplexPair();

const server = new tls.TLSSocket(two, { isServer: true, key: key('server.key'), cert: key('server.crt') });
server.on('secure', () => console.log('server is secure'));
server.on('data', (chunk) => server.end(`${chunk}, too`));

const client = tls.connect({ socket: one, ca: key('ca.crt'), host: 'localhost' }, () => client.write('hello'));
client.on('data', (chunk) => console.log(String(chunk)));
client.on('end', () => console.log('end'));
