// A connection that an agent keeps ends without a word, however the server ends it.
'use strict';
const http = require('http');
const net = require('net');

const endings = [(socket) => socket.end(), (socket) => socket.resetAndDestroy(), (socket) => socket.write('garbage')];
let accepted;
const server = net.createServer((socket) => {
  accepted = socket;
  socket.on('error', () => {});
  socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
}).listen(0, next);

function next() {
  const end = endings.shift();
  if (end === undefined) {
    server.close();
    return;
  }
  const agent = new http.Agent({ keepAlive: true });
  const req = http.get({ port: server.address().port, agent }, (res) => res.resume());
  req.on('socket', (socket) => {
    for (const event of ['end', 'error', 'close', 'free']) {
      socket.on(event, (value) => console.log(event, value?.code ?? value));
    }
    socket.on('free', () => {
      console.log('free sockets', Object.values(agent.freeSockets).flat().length);
      setImmediate(() => end(accepted));
    });
    socket.on('close', () => {
      accepted.destroy();
      next();
    });
  });
}
