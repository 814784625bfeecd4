'use strict';
// A record is one 'data', however much of it arrives together; no record is longer than the sender was told.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

const server = tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => {
  for (const word of ['one', 'two', 'three']) socket.write(word);
  socket.setMaxSendFragment(512);
  socket.end(Buffer.alloc(1200, 'x'));
});
server.listen(0, () => {
  const client = tls.connect({ port: server.address().port, rejectUnauthorized: false });
  client.on('data', (data) => console.log(data.length > 100 ? data.length : data.toString()));
  client.on('end', () => server.close());
});
