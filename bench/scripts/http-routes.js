// What the http suites ask for: a JSON body in and out, a large body out, a large body in, many headers both ways.
const http = require('http');

const megabyte = Buffer.alloc(1024 * 1024, 'x');

const routes = {
  '/json'(req, res) {
    const pieces = [];
    req.on('data', (piece) => pieces.push(piece));
    req.on('end', () => {
      const value = JSON.parse(Buffer.concat(pieces).toString());
      const body = JSON.stringify({ items: value.items.length, last: value.items.at(-1).id });
      res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
      res.end(body);
    });
  },

  '/download'(req, res) {
    res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': megabyte.length });
    res.end(megabyte);
  },

  '/upload'(req, res) {
    let size = 0;
    req.on('data', (piece) => { size += piece.length; });
    req.on('end', () => res.end(String(size)));
  },

  '/headers'(req, res) {
    let length = 0;
    for (const name of Object.keys(req.headers)) length += req.headers[name].length;
    const headers = { 'X-Length': length };
    for (let i = 0; i < 19; i++) headers[`X-Answer-${i}`] = `value ${i}`;
    res.writeHead(200, headers);
    res.end('ok');
  },

  '/'(req, res) {
    res.end('ready');
  },
};

http.createServer((req, res) => routes[req.url](req, res)).listen(Number(process.env.PORT));
