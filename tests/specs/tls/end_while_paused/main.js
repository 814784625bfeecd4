'use strict';
// A connection that was handed over paused tells of its end, when nothing comes before that.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt'), allowHalfOpen: true, pauseOnConnect: true };
const server = tls.createServer(options, (socket) => {
  console.log(socket.isPaused(), socket.allowHalfOpen);
  socket.on('end', () => {
    console.log('end');
    socket.end();
  });
});
server.listen(0, () => {
  const client = tls.connect({ port: server.address().port, rejectUnauthorized: false }, () => client.end());
  client.on('close', () => {
    console.log('close');
    server.close();
  });
});
