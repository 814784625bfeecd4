'use strict';
// What goes wrong is a TypeError with its cause.
const net = require('net');

const replies = {
  '/none': '', '/garbage': 'garbage\r\n\r\n', '/short': 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort',
  '/upgrade': 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
  '/switch': 'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  '/proxy': 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n',
  '/chunk': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno size\r\n',
  '/large-head': `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(20000)}\r\n\r\n`,
  '/to-the-end': 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nall there is',
};
const server = net.createServer((socket) => {
  socket.on('error', () => {}).once('data', (data) => socket.end(replies[/^\w+ (\S+)/.exec(data)[1]]));
}).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const show = async (url, init) => {
    try {
      console.log(await (await fetch(url, init)).text());
    } catch (err) {
      console.log(`${err.name}: ${err.message}`, err.cause && [err.cause.code ?? err.cause.message]);
    }
  };
  for (const path of Object.keys(replies)) if (path !== '/garbage') await show(base + path);
  await show(`${base}/garbage`).catch(() => {});
  await show('http://127.0.0.1:1/');
  await show('other:thing');
  await show('/relative');
  await show(base, { headers: { 'transfer-encoding': 'chunked' } });
  await show(base, { headers: { expect: '100-continue' } });
  await show(base, { method: 'POST', body: (async function* () { throw new Error('from the body'); })(), duplex: 'half' });
  await show(base, { method: 'POST', body: new Response('abcd').body, duplex: 'half', headers: { 'content-length': '3' } });
  server.close(() => show(base));
});
