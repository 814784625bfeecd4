'use strict';
// What stands behind a deflate stream is left out, and zstd that was cut short is an error.
const http = require('http');
const zlib = require('zlib');

const text = 'text '.repeat(100);
const bodies = {
  '/deflate': ['deflate', Buffer.concat([zlib.deflateSync(text), Buffer.from('behind')])],
  '/raw': ['deflate', Buffer.concat([zlib.deflateRawSync(text), Buffer.from('behind')])],
  '/zstd': ['zstd', zlib.zstdCompressSync(text).subarray(0, 12)],
};
const server = http.createServer((req, res) => {
  const [coding, body] = bodies[req.url];
  res.writeHead(200, { 'content-encoding': coding }).end(body);
}).listen(0, async () => {
  for (const path of Object.keys(bodies)) {
    try {
      console.log(path, await (await fetch(`http://localhost:${server.address().port}${path}`)).text() === text);
    } catch (err) {
      console.log(path, err.message, err.cause.code);
    }
  }
  server.close();
  server.closeAllConnections();
});
