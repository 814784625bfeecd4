'use strict';
// What a request writes while its socket is still connecting, in turns of its own, goes out when it is connected.
const http = require('http');

const server = http.createServer((req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (text) => { body += text; }).on('end', () => res.end(`${req.method} ${body}`));
});

server.listen(0, '127.0.0.1', () => {
  let connect;
  const req = http.request({
    agent: false,
    host: 'example.test',
    lookup: (host, options, callback) => { connect = () => callback(null, [{ address: '127.0.0.1', family: 4 }]); },
    method: 'POST',
    port: server.address().port,
  }, (res) => {
    res.setEncoding('utf8').on('data', (text) => console.log(res.statusCode, text)).on('end', () => server.close());
  });
  req.write('one ');
  setImmediate(() => {
    console.log('connecting:', req.socket.connecting);
    req.write('two ');
    setImmediate(() => {
      req.end('three');
      connect();
    });
  });
});
