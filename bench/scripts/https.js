// Hello world and a large body over TLS.
const fs = require('fs');
const https = require('https');

const megabyte = Buffer.alloc(1024 * 1024, 'x');
const read = (name) => fs.readFileSync(`${process.env.KEYS}/${name}`);

https.createServer({ key: read('server.key'), cert: read('server.crt') }, (req, res) => {
  res.writeHead(200);
  res.end(req.url === '/download' ? megabyte : 'hello world\n');
}).listen(Number(process.env.PORT));
