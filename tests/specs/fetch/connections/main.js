'use strict';
// A connection is used again, also after a body that nobody read, and one that the server has ended meanwhile is replaced. None keeps the process.
const http = require('http');

let connections = 0;
const server = http.createServer((req, res) => {
  req.resume();
  if (req.url === '/last') setImmediate(() => req.socket.destroy());
  res.end(req.url);
});
server.on('connection', () => connections++).listen(0, async () => {
  server.unref();
  const base = `http://localhost:${server.address().port}`;
  for (let i = 0; i < 3; i++) await (await fetch(`${base}/${i}`)).text();
  console.log(connections);

  const all = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await fetch(`${base}/${i}`)).text()));
  console.log(all.join(' '));

  await (await fetch(`${base}/last`)).text();
  console.log(await (await fetch(`${base}/next`, { method: 'PUT', body: 'again' })).text());

  const ignored = await fetch(`${base}/ignored`);
  console.log(ignored.status, (await fetch(`${base}/head`, { method: 'HEAD' })).body);
  process.on('exit', () => console.log('exit', ignored.bodyUsed));
});
