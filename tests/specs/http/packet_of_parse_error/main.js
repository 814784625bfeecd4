// What an error shows of the bytes that it was found in is all that came in one piece, a body before it included.
'use strict';
const http = require('http');
const net = require('net');

const head = 'POST / HTTP/1.1\r\nHost: a\r\n';
const cases = [
  [`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabcXX`],
  [`${head}Content-Length: 3\r\n\r\nabcXX YY\r\n`],
  [`${head}Content-Length: 3\r\n\r\na`, 'bcXX YY\r\n'],
  [`${head}Transfer-Encoding: chunked\r\n\r\n0\r\n X: y\r\n\r\n`],
  [`${head}Content-Length:\r\n 5\r\n\r\n`],
  [`${head}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`],
  [`${head}Content-Length: x\u0001\r\n\r\n`],
  [`${head}Transfer-Encoding: chunked\r\n\r\n3;a=b\nabc`],
];
let pieces;
let socket;
const server = http.createServer((req, res) => {
  req.on('error', () => {});
  if (pieces.length === 0) return;
  req.once('data', () => socket.write(pieces.shift()));
}).listen(0, next);
server.on('clientError', (err, connection) => {
  console.log(err.code, err.reason, err.bytesParsed, JSON.stringify(err.rawPacket.toString()));
  connection.destroy();
});

function next() {
  pieces = cases.shift();
  if (pieces === undefined) {
    server.close();
    return;
  }
  socket = net.connect(server.address().port).on('error', () => {});
  socket.on('close', next);
  socket.write(pieces.shift());
}
