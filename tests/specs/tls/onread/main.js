'use strict';
// `onread` gets decrypted bytes in the program's own buffer.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('server.key'), cert: key('server.crt') };

const server = tls.createServer(own, (socket) => {
  socket.write('hello');
  socket.end('world');
});
server.listen(0, () => {
  const onread = { buffer: Buffer.alloc(4), callback: (count, buffer) => { console.log(buffer.toString('latin1', 0, count)); return true; } };
  const client = tls.connect({ port: server.address().port, rejectUnauthorized: false, onread });
  client.on('end', () => console.log('end'));
  client.on('close', () => server.close());
});
