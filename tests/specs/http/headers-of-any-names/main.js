// `headers` has what came under names in lower case, whatever they are, and whether a name comes once or twice.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log(JSON.stringify(req.headers), Object.getPrototypeOf(req.headers) === Object.prototype);
  console.log(req.rawHeaders.join('|'));
  res.end();
});
server.listen(0, () => {
  const client = net.connect(server.address().port);
  client.resume();
  client.on('end', () => server.close());
  client.write('GET / HTTP/1.1\r\nHost: x\r\nX-A:  1 \r\n__proto__: 3\r\nConstructor: 4\r\n1: one\r\nEmpty:\r\n\r\n');
  client.write('GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nHOST: y\r\nx-a: 2\r\n\r\n');
  client.write('GET / HTTP/1.1\r\nHost: x\r\nSet-Cookie: a\r\nCookie: b\r\n\r\n');
  client.write(`GET / HTTP/1.1\r\nHost: x\r\n${'Long-'.repeat(20)}: 1\r\nConnection: close\r\n\r\n`);
});
