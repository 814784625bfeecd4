'use strict';
// A socket's callbacks run in the store it was made in, the server's in the server's; what an accepted one brings belongs to none.
const net = require('net');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const lines = [];
function note(what) {
  lines.push(`${what}: ${storage.getStore()}`);
}
const server = net.createServer((socket) => {
  note('accepted');
  socket.on('data', () => {
    note('server data');
    socket.end('bye');
  });
});
storage.run('server', () => server.listen(0, () => {
  storage.run('client', () => {
    const socket = net.connect(server.address().port, () => {
      note('connected');
      socket.write('hello');
    });
    socket.on('data', () => note('client data'));
    socket.on('close', () => {
      note('close');
      server.close(() => console.log(lines.sort().join('\n')));
    });
  });
}));
