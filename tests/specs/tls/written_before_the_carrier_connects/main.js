'use strict';
// TLS over a socket that connects later: what was written before that is not lost.
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const server = tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => socket.pipe(socket));
server.listen(0, () => {
  const carrier = new net.Socket({ allowHalfOpen: true });
  const socket = tls.connect({ socket: carrier, rejectUnauthorized: false });
  carrier.connect(server.address().port);
  socket.setEncoding('utf8');
  socket.on('data', (text) => console.log(text));
  socket.on('close', () => server.close());
  socket.write('early');
  socket.end();
});
