// A request can still be read when its response is done: line, headers, trailers.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  req.resume();
  req.on('end', () => res.end());
  res.on('close', () => setImmediate(() => {
    console.log(req.method, req.url, req.httpVersion, req.rawHeaders.length, req.rawTrailers);
    client.destroy();
    server.close();
  }));
}).listen(0, () => {
  client = net.connect(server.address().port, () => client.write(
    'POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: one\r\nX-U: two\r\n\r\n'));
});
let client;
