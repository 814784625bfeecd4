// A message without a body is complete behind the listeners of its head, not before; a response has no method.
'use strict';
const http = require('http');

const server = http.createServer((req, res) => {
  console.log('request', req.method, req.complete);
  process.nextTick(() => console.log('behind it', req.complete));
  res.writeHead(204);
  res.end();
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    console.log('response', res.method, res.complete);
    process.nextTick(() => console.log('behind it', res.complete));
    res.resume();
    server.close();
  });
});
