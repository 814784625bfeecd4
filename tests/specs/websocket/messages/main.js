'use strict';
// Messages of every size and kind go there and back, in pieces too; pings are answered.
const http = require('http');
const { createHash } = require('crypto');

const server = http.createServer();
server.on('upgrade', (req, socket) => {
  const accept = createHash('sha1').update(req.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
    + `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: echo\r\n\r\n`);
  console.log(req.headers['sec-websocket-protocol'], req.headers['x-of-mine']);
  let input = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    input = Buffer.concat([input, bytes]);
    for (let frame = take(); frame !== null; frame = take()) answer(frame);
  });
  function take() {
    if (input.length < 2) return null;
    let length = input[1] & 127;
    let at = 2;
    if (length === 126) [length, at] = [input.readUInt16BE(2), 4];
    else if (length === 127) [length, at] = [Number(input.readBigUInt64BE(2)), 10];
    if (input.length < at + 4 + length) return null;
    const mask = input.subarray(at, at + 4);
    const payload = Buffer.from(input.subarray(at + 4, at + 4 + length));
    for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
    const opcode = input[0] & 15;
    input = input.subarray(at + 4 + length);
    return { opcode, payload };
  }
  const head = (first, length) => length < 126 ? Buffer.from([first, length])
    : length < 65536 ? Buffer.from([first, 126, length >> 8, length & 255])
      : Buffer.concat([Buffer.from([first, 127]), Buffer.from(length.toString(16).padStart(16, '0'), 'hex')]);
  function answer({ opcode, payload }) {
    if (opcode === 10) console.log('pong', String(payload));
    if (opcode === 8) {
      socket.end(Buffer.concat([head(0x88, payload.length), payload]));
      return;
    }
    if (opcode > 2) return;
    if (payload.length !== 5) {
      socket.write(Buffer.concat([head(0x80 | opcode, payload.length), payload]));
      return;
    }
    // In two pieces with a ping between them, and byte by byte.
    const all = Buffer.concat([head(opcode, 2), payload.subarray(0, 2), head(0x89, 3), Buffer.from('you'), head(0x80, 3), payload.subarray(2)]);
    for (const byte of all) socket.write(Buffer.from([byte]));
  }
});

server.listen(0, () => {
  const url = `ws://localhost:${server.address().port}/chat?room=1`;
  const ws = new WebSocket(url, { protocols: ['other', 'echo'], headers: { 'X-Of-Mine': 'yes' } });
  ws.binaryType = 'arraybuffer';
  const sent = ['short', '', 'é'.repeat(100), 'x'.repeat(70_000), new Uint8Array([1, 2, 3]), new Uint8Array(1 << 17).fill(7).buffer, new Blob(['of a blob']), 'last'];
  ws.onopen = () => {
    console.log('open', JSON.stringify([ws.protocol, ws.extensions, ws.readyState]), ws.url === url);
    for (const data of sent) ws.send(data);
  };
  let count = 0;
  ws.addEventListener('message', ({ data, origin }) => {
    if (typeof data === 'string') console.log('text', data.length, data.slice(0, 5), origin === new URL(url).origin);
    else console.log('binary', data.constructor.name, data.byteLength, new Uint8Array(data).subarray(0, 3).join());
    if (++count < sent.length) return;
    console.log(ws.bufferedAmount);
    ws.close(3001, 'enough');
  });
  ws.onclose = ({ code, reason, wasClean }) => {
    console.log('close', code, reason, wasClean, ws.readyState);
    server.close();
  };
});
