'use strict';
// A response that nobody has any more does not keep its connection, however little of its body has come.
const net = require('net');
require('v8').setFlagsFromString('--expose-gc');
const { gc } = globalThis;
const collect = gc ?? require('vm').runInNewContext('gc');

let open = 3;
const server = net.createServer((socket) => {
  socket.on('error', () => {}).once('data', (data) => {
    const size = data.includes('/much') ? 100_000 : 10;
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(size)}`);
  });
  socket.on('close', () => {
    open--;
    if (open > 0) return;
    console.log('all closed');
    server.close();
  });
}).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  await (async () => {
    await fetch(`${base}/much`);
    await fetch(`${base}/little`);
    const reader = (await fetch(`${base}/read`)).body.getReader();
    await reader.read();
  })();
  (function wait() {
    collect();
    if (open > 0) setTimeout(wait, 5);
  })();
});
