'use strict';
// Bytes may come into a buffer of one's own, time after time, until one says stop.
const net = require('net');

const server = net.createServer((socket) => socket.end('0123456789'));
server.listen(0, '127.0.0.1', () => {
  const mine = Buffer.alloc(4);
  let text = '';
  const client = net.connect({
    port: server.address().port,
    host: '127.0.0.1',
    onread: {
      buffer: mine,
      callback(count, buffer) {
        text += buffer.toString('latin1', 0, count);
        console.log(count <= 4, buffer === mine);
        if (text.length === 4) setImmediate(() => client.resume());
        return text.length !== 4;
      },
    },
  });
  client.on('data', () => console.log('never'));
  client.on('end', () => console.log(text, client.bytesRead));
  client.on('close', () => server.close());
});
