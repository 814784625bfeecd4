'use strict';
// A write that has not gone out when its socket is destroyed has failed, over TLS too.
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);

function attempt(server, connect) {
  return new Promise((resolve) => {
    server.on('connection', (socket) => socket.on('error', () => {}).pause());
    server.listen(0, () => {
      const socket = connect(server.address().port);
      const report = (name) => (err) => console.log(name, err?.code);
      socket.write(Buffer.alloc(64 << 20), report('first'));
      socket.write('more', report('second'));
      socket.once('connect', () => setImmediate(() => socket.destroy()));
      socket.on('close', (hadError) => {
        console.log('close', hadError);
        server.close(resolve);
        server.dropAll();
      });
    });
  });
}

function droppable(server) {
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  server.dropAll = () => sockets.forEach((socket) => socket.destroy());
  return server;
}

(async () => {
  await attempt(droppable(net.createServer()), (port) => net.connect(port));
  await attempt(droppable(tls.createServer({ key: key('server.key'), cert: key('server.crt') })),
    (port) => tls.connect({ port, rejectUnauthorized: false }));
})();
