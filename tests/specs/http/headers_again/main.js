// The same names come again and again, with the same and with other values: every request has headers of its own, which are what its bytes say.
'use strict';
const http = require('http');
const net = require('net');

const shapes = {
  plain: (i) => [['Host', 'a'], ['X-Same', 'one'], ['x-other', `value ${i}`], ['Empty', ''], ['X-Latin', 'caf\xe9']],
  twice: (i) => [['Host', 'a'], ['X-Two', `${i}`], ['x-two', 'more']],
  cookies: (i) => [['Host', 'a'], ['Set-Cookie', `a=${i}`], ['Cookie', 'b=1'], ['cookie', 'c=2']],
  odd: (i) => [['Host', 'a'], ['__proto__', `${i}`], ['constructor', 'c'], ['7', 'seven'], ["o'clock", 'quote'], ['toString', 't']],
  order: () => [['X-B', '1'], ['Host', 'a'], ['X-A', '2']],
  long: () => [['Host', 'a'], ...Array.from({ length: 60 }, (_, i) => [`x-${i}`, `${i}`])],
  name: () => [['Host', 'a'], ['x'.repeat(80), 'y']],
};

const seen = [];
const server = http.createServer((req, res) => {
  seen.push(req.headers);
  req.headers.own = 'mine';
  const { own, ...headers } = req.headers;
  const proto = Object.getPrototypeOf(req.headers) === Object.prototype;
  res.end(JSON.stringify([headers, req.rawHeaders.length, proto, Object.keys(req.headersDistinct).length]));
});

function ask(port, lines) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (piece) => { text += piece; });
    socket.on('end', () => resolve(text.slice(text.indexOf('\r\n\r\n') + 4)));
    socket.on('error', reject);
    const head = [...lines, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`GET / HTTP/1.1\r\n${head}\r\n`, 'latin1');
  });
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (const [name, lines] of Object.entries(shapes)) {
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(Buffer.from(await ask(port, lines(i >> 1)), 'latin1').toString());
    // The first, made from the lines; the last, after the shape is known; one with another value.
    console.log(name, answers[0]);
    console.log(' same', answers[0] === answers[1], answers[2] === answers[3], answers[4] === answers[5]);
    console.log(' last', answers[5] === answers[0] ? 'as the first' : answers[5]);
  }
  console.log('objects', new Set(seen).size === seen.length, seen.every((headers) => headers.own === 'mine'));
  server.close();
});
