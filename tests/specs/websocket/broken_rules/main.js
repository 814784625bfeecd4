'use strict';
// A server that breaks the rules is told which, and the connection ends.
const http = require('http');
const { createHash } = require('crypto');

const frames = {
  'reserved bits': [0xc1, 1, 65],
  'opcode': [0x83, 0],
  'masked': [0x81, 0x81, 0, 0, 0, 0, 65],
  'fragmented ping': [0x09, 0],
  'long ping': [0x89, 126, 0, 126],
  'continuation of nothing': [0x80, 0],
  'text within text': [0x01, 1, 65, 0x81, 1, 65],
  'utf-8': [0x81, 2, 0xc3, 0x28],
  'close code': [0x88, 2, 0x03, 0xed],
  'close of one byte': [0x88, 1, 3],
};

const server = http.createServer().on('upgrade', (req, socket) => {
  const digest = createHash('sha1').update(req.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${digest}\r\n\r\n`);
  socket.write(Buffer.from(frames[decodeURIComponent(req.url.slice(1))]));
  socket.once('data', (bytes) => {
    const code = bytes.subarray(6, 8).map((byte, i) => byte ^ bytes[2 + i]);
    console.log('told', bytes[0] & 15, Buffer.from(code).readUInt16BE());
  });
  socket.on('error', () => {});
});
server.listen(0, async () => {
  for (const name of Object.keys(frames)) {
    const ws = new WebSocket(`ws://localhost:${server.address().port}/${encodeURIComponent(name)}`);
    ws.onmessage = () => console.log('message');
    ws.onerror = () => console.log(name);
    await new Promise((resolve) => { ws.onclose = resolve; }).then(({ code, wasClean }) => console.log(code, wasClean));
  }
  server.close();
});
