// A body that only the end of the connection ends is complete however that comes.
'use strict';
const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nbody');
    server.once('received', () => socket.resetAndDestroy());
  });
}).listen(0, () => {
  const req = http.get({ port: server.address().port, agent: false }, (res) => {
    res.on('data', (chunk) => {
      console.log(chunk.toString());
      server.emit('received');
    });
    for (const event of ['aborted', 'error', 'end', 'close']) res.on(event, (err) => console.log('response', event, err?.code, res.complete));
  });
  req.on('error', (err) => console.log('request error', err.code));
  req.on('close', () => {
    console.log('request close');
    server.close();
  });
});
