'use strict';
// The ways in which a connection ends: by the server, with a status or without; cut off; before it is there.
const http = require('http');
const { createHash } = require('crypto');

const server = http.createServer().on('upgrade', (req, socket) => {
  const digest = createHash('sha1').update(req.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${digest}\r\n\r\n`);
  if (req.url === '/status') socket.write(Buffer.concat([Buffer.from([0x88, 5, 0x03, 0xe9]), Buffer.from('bye')]));
  else if (req.url === '/none') socket.write(Buffer.from([0x88, 0]));
  else socket.end();
  socket.on('data', (bytes) => {
    console.log('answered', bytes[0] & 15, bytes[1] & 127);
    socket.end();
  });
});
server.listen(0, async () => {
  const origin = `ws://localhost:${server.address().port}`;
  const ended = (ws) => new Promise((resolve) => {
    ws.onclose = ({ code, reason, wasClean }) => resolve(console.log('close', code, reason, wasClean, ws.readyState));
  });
  for (const path of ['/status', '/none', '/cut']) await ended(new WebSocket(origin + path));
  const ws = new WebSocket(origin);
  ws.onopen = () => console.log('open');
  ws.onerror = () => console.log('error');
  for (const args of [[1001], [3000, 'x'.repeat(124)]]) {
    try {
      ws.close(...args);
    } catch (err) {
      console.log(err.name, err.message);
    }
  }
  const over = ended(ws);
  ws.close();
  ws.send('to nobody');
  await over;
  server.close();
});
