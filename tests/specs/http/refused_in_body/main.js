// A body that is broken, or ends too early: the request hears of it, whatever a 'clientError' listener does, and the connection does not stay.
'use strict';
const http = require('http');
const net = require('net');

const listeners = {
  end: (err, socket) => socket.end('HTTP/1.1 400 Mine\r\nConnection: close\r\n\r\n'),
  destroy: (err, socket) => socket.destroy(),
  none: null,
};
const bodies = {
  broken: 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n',
  trailer: 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n',
  short: 'Content-Length: 10\r\n\r\nhello',
};

function ask(name, listener, body) {
  const say = (...words) => console.log(name, ...words);
  const server = http.createServer((req, res) => {
    req.resume();
    req.on('end', () => say('end'));
    req.on('aborted', () => say('aborted'));
    req.on('error', (err) => say('request', err.code, err.message));
    req.on('close', () => say('request closed', req.destroyed, req.complete));
    res.on('close', () => say('response closed', res.destroyed, res.writableFinished));
  });
  if (listener !== null) {
    server.on('clientError', (err, socket) => {
      say(err.code, err.message, err.reason, Boolean(err.rawPacket));
      listener(err, socket);
    });
  }
  const heard = new Promise((resolve) => server.once('request', (req) => req.once('close', resolve)));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect({ port: server.address().port, host: '127.0.0.1' }, () => {
        socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${body}`);
        // The end of the connection is news only once the request is there.
        if (body === bodies.short) server.once('request', () => setImmediate(() => socket.end()));
      });
      let answer = '';
      socket.on('data', (piece) => { answer += piece; });
      socket.on('error', () => {});
      socket.on('close', () => server.close(() => heard.then(() => {
        say(JSON.stringify(answer.split('\r\n')[0]));
        resolve();
      })));
    });
  });
}

(async () => {
  for (const [how, listener] of Object.entries(listeners)) {
    for (const [what, body] of Object.entries(bodies)) await ask(`${what}, ${how}:`, listener, body);
  }
})();
