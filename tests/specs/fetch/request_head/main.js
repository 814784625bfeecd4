'use strict';
// What a request's head says.
const http = require('http');

const server = http.createServer((req, res) => {
  const head = [];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    // Those two depend on the port, and on what this build can decode.
    if (!/^(host|accept-encoding)$/i.test(req.rawHeaders[i])) head.push(`${req.rawHeaders[i]}: ${req.rawHeaders[i + 1]}`);
  }
  req.resume().on('end', () => res.end(`${req.method} ${head.join(' | ')}`));
}).listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const stream = () => new Response('abc').body;
  for (const init of [
    undefined, { method: 'POST' }, { method: 'DELETE' }, { method: 'POST', body: 'é' }, { method: 'POST', body: stream(), duplex: 'half' },
    { method: 'PUT', body: new Blob(['abc'], { type: 'a/b' }) }, { headers: { 'accept': 'a/b', 'User-Agent': 'me', 'X-A': '1', 'cookie': 'c' } },
    { headers: [['a', '1'], ['A', '2'], ['cookie', '1'], ['cookie', '2']] }, { cache: 'no-store' }, { cache: 'no-cache' },
    { headers: { 'if-none-match': 'x' } }, { headers: { connection: 'close' } }, { referrer: 'http://host/path' },
    { referrer: `${base}/path?query#hash` }, { referrer: 'https://host/path', referrerPolicy: 'unsafe-url' },
  ]) {
    console.log((await (await fetch(base, init)).text()).replace(base, 'BASE'));
  }
  server.close();
});
