'use strict';
// A request that was read whole is not aborted when its client ends its side before the answer: only the response is closed.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  req.on('aborted', () => console.log('aborted'));
  req.on('error', (err) => console.log(err.code));
  req.on('end', () => {
    console.log('end');
    client.end();
  });
  req.resume();
  res.on('close', () => console.log('close', res.writableFinished, req.aborted));
});

let client;
server.listen(0, () => {
  client = net.connect(server.address().port, () => client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
  client.resume();
  client.on('close', () => server.close());
});
