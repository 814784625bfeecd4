'use strict';
// A request and its response over TLS, with a body each way.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);

const server = https.createServer({ key: key('server.key'), cert: key('server.crt') }, (req, res) => {
  console.log(req.method, req.url, req.socket.encrypted, req.headers.host.replace(/\d+$/, 'PORT'));
  res.writeHead(200, { 'X-Answer': 'yes' });
  req.pipe(res);
});
server.listen(0, () => {
  const options = { port: server.address().port, ca: key('ca.crt'), method: 'POST', path: '/echo' };
  const req = https.request(options, (res) => {
    console.log(res.statusCode, res.headers['x-answer'], res.socket.authorized);
    let length = 0;
    res.on('data', (chunk) => { length += chunk.length; });
    res.on('end', () => {
      console.log('received', length);
      server.close(() => console.log('closed'));
      server.closeIdleConnections();
    });
  });
  for (let i = 0; i < 20; i++) req.write(Buffer.alloc(10_000, 'x'));
  req.end();
});
