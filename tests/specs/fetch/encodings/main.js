'use strict';
// Content codings are asked for and taken off.
const http = require('http');
const zlib = require('zlib');

const text = 'the same again, '.repeat(500);
const coded = {
  'gzip': zlib.gzipSync(text), 'x-gzip': zlib.gzipSync(text), 'deflate': zlib.deflateSync(text), 'br': zlib.brotliCompressSync(text),
  'gzip, deflate': zlib.deflateSync(zlib.gzipSync(text)), 'unknown': Buffer.from(text),
};
const server = http.createServer((req, res) => {
  const name = decodeURIComponent(req.url.slice(1));
  if (name === 'raw') res.setHeader('content-encoding', 'deflate').end(zlib.deflateRawSync(text));
  else if (name === 'broken') res.setHeader('content-encoding', 'gzip').end('this is none');
  else if (name === 'asked') res.end(req.headers['accept-encoding']);
  else res.setHeader('content-encoding', name).end(req.method === 'HEAD' ? undefined : coded[name]);
}).listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  for (const name of [...Object.keys(coded), 'raw']) {
    const response = await fetch(`${base}/${encodeURIComponent(name)}`);
    console.log(name, response.headers.get('content-encoding'), await response.text() === text);
  }
  console.log((await fetch(`${base}/gzip`, { method: 'HEAD' })).body);
  console.log(await (await fetch(`${base}/asked`)).text());
  console.log(await (await fetch(`${base}/asked`, { headers: { range: 'bytes=0-1' } })).text());
  await (await fetch(`${base}/broken`)).text().catch((err) => console.log(`${err.name}: ${err.message}`, err.cause.code));
  server.close();
});
