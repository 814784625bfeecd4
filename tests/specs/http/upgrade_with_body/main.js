// A request for another protocol that has a body: the body is the request's, and the protocol begins behind it. While the body is still to come,
// what the listener gets is a stream of its own.
'use strict';
const http = require('http');
const net = require('net');

const head = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n';
const cases = [
  [`${head}\r\nrest`],
  [`${head}Content-Length: 3\r\n\r\nabcrest`],
  [`${head}Content-Length: 3\r\n\r\na`, 'bcrest', ' and more'],
  [`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\nrest`],
  [`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, '0\r\n\r\nrest'],
  ['CONNECT a:80 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcrest'],
];

const server = http.createServer();
let pieces;
for (const event of ['upgrade', 'connect']) {
  server.on(event, (req, stream, first) => {
    console.log(event, req.complete, stream.constructor.name, JSON.stringify(first.toString()));
    let body = '';
    let rest = '';
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => console.log('body', JSON.stringify(body), req.rawTrailers));
    stream.on('data', (chunk) => { rest += chunk; });
    stream.on('end', () => {
      console.log('rest', JSON.stringify(rest));
      stream.end('bye');
    });
    if (pieces.length > 0) stream.write('more');
    else stream.write('done');
  });
}

server.listen(0, () => {
  const next = () => {
    pieces = cases.shift();
    if (pieces === undefined) {
      server.close();
      return;
    }
    console.log('---');
    const socket = net.connect({ port: server.address().port, allowHalfOpen: true });
    let answer = '';
    socket.write(pieces.shift());
    socket.on('data', (chunk) => {
      answer += chunk;
      if (!/^(more|done)$/.test(answer)) return;
      for (const piece of pieces.splice(0)) socket.write(piece);
      socket.end();
    });
    socket.on('close', () => {
      console.log('client', answer);
      next();
    });
  };
  next();
});
