'use strict';
// A TLSSocket around a socket that still connects, written to before: one handshake.
const net = require('net');
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('server.key'), cert: key('server.crt') };

const server = net.createServer((carrier) => {
  const socket = new tls.TLSSocket(carrier, { isServer: true, ...own });
  socket.on('secure', () => console.log('server: secure'));
  socket.on('data', (data) => { console.log('server:', data.toString()); socket.end('pong'); });
  socket.on('error', (err) => console.log('server:', err.code));
});
server.listen(0, () => {
  const client = new tls.TLSSocket(net.connect(server.address().port));
  client.write('ping');
  client.on('secure', () => console.log('client: secure'));
  client.on('data', (data) => console.log('client:', data.toString()));
  client.on('error', (err) => console.log('client:', err.code));
  client.on('close', () => server.close());
});
