'use strict';
// write() says when it is enough, 'drain' when there is room again; all bytes come, in order.
const net = require('net');

const BLOCKS = 400;
const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  let expected = 0;
  let bytes = 0;
  socket.on('data', (data) => {
    for (const byte of data) {
      if (byte !== (expected >> 15) % 251) throw new Error(`byte ${bytes}`);
      expected++;
    }
    bytes += data.length;
  });
  socket.on('end', () => {
    console.log('bytes:', bytes);
    server.close();
  });
  server.once('go on', () => socket.resume());
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let sent = 0;
  let refusals = 0;
  const write = () => {
    while (sent < BLOCKS) {
      const block = Buffer.alloc(32768, sent % 251);
      sent++;
      if (client.write(block)) continue;
      if (refusals++ === 0) console.log('full:', client.writableNeedDrain, client.writableLength >= client.writableHighWaterMark);
      // It has stopped until somebody reads.
      if (client.writableLength > 0) server.emit('go on');
      return;
    }
    client.end();
  };
  client.on('drain', write);
  client.on('connect', write);
  client.on('finish', () => console.log('drained more than once:', refusals > 1, client.writableLength));
});
