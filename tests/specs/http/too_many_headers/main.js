// More header lines than `maxHeadersCount` are refused, in a head and in trailers: lines that nobody sees could still say how a message is framed.
'use strict';
const http = require('http');
const net = require('net');

const lines = (count) => Array.from({ length: count }, (_, i) => `h${i % 10}:\r\n`).join('');

function ask(name, limit, text) {
  const server = http.createServer((req, res) => {
    req.on('error', (err) => console.log(name, 'request', err.code));
    req.resume().on('end', () => res.end(`${req.rawHeaders.length / 2} ${req.rawTrailers.length / 2}`));
  });
  server.on('clientError', (err, socket) => {
    console.log(name, 'clientError', err.code, err.message, text.startsWith('GET') ? err.bytesParsed : '');
    socket.destroy();
  });
  if (limit !== undefined) server.maxHeadersCount = limit;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('error', () => {});
      socket.on('data', (piece) => { answer += piece; });
      socket.on('close', () => {
        console.log(name, answer.split('\r\n')[0], answer.split('\r\n').at(-1));
        socket.destroy();
        server.close(resolve);
      });
    });
  });
}

const head = (count) => `GET / HTTP/1.1\r\nHost: a\r\n${lines(count - 2)}Connection: close\r\n\r\n`;
const trailers = (count) => `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n${lines(count)}\r\n`;

(async () => {
  await ask('at the limit', 3, head(3));
  await ask('above it', 3, head(4));
  await ask('at the default', undefined, head(1000));
  await ask('above the default', undefined, head(1001));
  await ask('without one', 0, head(3000));
  await ask('trailers', 5, trailers(5));
  await ask('too many trailers', 4, trailers(5));
  await new Promise((resolve) => {
    // What a server answers by itself.
    const server = http.createServer(() => console.log('not reached'));
    server.maxHeadersCount = 2;
    server.listen(0, '127.0.0.1', () => {
      http.get({ port: server.address().port, host: '127.0.0.1', agent: false, headers: { a: 1, b: 2 } }, (res) => {
        console.log('by itself', res.statusCode, res.headers.connection);
        res.resume();
        server.close(resolve);
      });
    });
  });
})();
