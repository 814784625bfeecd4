// A server that ends its side, or resets the connection, together with what makes it another protocol's: the socket that its listener gets ends in
// order, and nothing is thrown.
'use strict';
const http = require('http');
const net = require('net');

const endings = ['end', 'end', 'destroy', 'resetAndDestroy'];
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nrest');
    socket[endings[0]]();
  });
}).listen(0, function next() {
  if (endings.length === 0) {
    server.close();
    return;
  }
  const req = http.get({ port: server.address().port, agent: false, headers: { Connection: 'Upgrade', Upgrade: 'x' } });
  const over = () => {
    console.log(endings.shift(), 'closed');
    setImmediate(next);
  };
  // What a reset leaves of the response is the system's to say.
  req.on('error', () => over());
  req.on('upgrade', (res, socket, head) => {
    if (endings[0] === 'end') console.log(head.toString());
    socket.on('error', () => {});
    socket.on('close', over);
    socket.resume();
  });
});
