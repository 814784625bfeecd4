'use strict';
// Bytes that a program has read from a socket go into the HTTP connection as a 'data' event, as what is pushed, or as what is put back.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end(req.url));
const ways = {
  emit: (socket, chunk) => socket.emit('data', chunk),
  push: (socket, chunk) => socket.push(chunk),
  unshift: (socket, chunk) => socket.unshift(chunk),
};
let left = Object.keys(ways).length;
const front = net.createServer((socket) => {
  socket.once('data', (chunk) => {
    socket.pause();
    const way = String(chunk).split(/[/ ]+/)[1];
    server.emit('connection', socket);
    ways[way](socket, chunk);
    socket.resume();
  });
}).listen(0, async () => {
  for (const way of Object.keys(ways)) {
    await new Promise((resolve) => {
      http.get({ port: front.address().port, path: `/${way}`, agent: false }, (res) => {
        res.setEncoding('utf8').on('data', (text) => console.log(res.statusCode, text)).on('end', resolve);
      });
    });
    if (--left === 0) front.close();
  }
});
