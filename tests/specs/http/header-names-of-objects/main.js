// Header fields may be named like methods of objects.
const http = require('http');

const server = http.createServer((req, res) => {
  console.log(req.headers.constructor, req.headers.tostring, req.headersDistinct.constructor);
  res.end();
  server.close();
}).listen(0, () => {
  http.get({ port: server.address().port, headers: { constructor: ['a', 'b'], toString: 'c' } });
});
