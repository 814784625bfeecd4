'use strict';
// A socket that is given another one's handle writes to that connection, and hears when what waited is written.
const net = require('net');

const server = net.createServer((peer) => {
  let length = 0;
  setImmediate(() => peer.on('data', (chunk) => length += chunk.length).on('end', () => {
    console.log(length);
    peer.end();
    server.close();
  }));
}).listen(0, () => {
  const owner = net.connect(server.address().port, () => {
    const other = new net.Socket();
    other._handle = owner._handle;
    other.connecting = false;
    other.write(Buffer.alloc(8 * 1024 * 1024), (err) => {
      console.log('written', err ?? null);
      other.end();
    });
  });
});
