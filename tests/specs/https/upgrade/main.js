'use strict';
// An upgraded connection is its TLSSocket's again on both sides: what was read behind the head, what comes later, and both ends.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const server = https.createServer(options);
server.on('upgrade', (req, socket, head) => {
  console.log('server', head.toString(), socket.getProtocol(), socket.encrypted, socket.bytesRead > 0);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nahead');
  let size = 0;
  socket.on('data', (chunk) => {
    size += chunk.length;
    socket.write(chunk);
  });
  socket.on('end', () => socket.end(`, ${size} bytes`));
});
server.on('connect', (req, socket) => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  socket.pipe(socket);
});

const request = (more) => https.request({ port: server.address().port, rejectUnauthorized: false, ...more }).end();

function upgrade() {
  request({ headers: { Connection: 'Upgrade', Upgrade: 'x' } }).on('upgrade', (res, socket, head) => {
    console.log('client', res.statusCode, head.toString(), socket.getProtocol());
    let text = '';
    socket.on('data', (chunk) => { text += chunk.toString('latin1'); });
    socket.on('end', () => {
      console.log(text.length, text.slice(-20));
      connect();
    });
    socket.write('a'.repeat(300_000));
    socket.end('b');
  });
}

function connect() {
  request({ method: 'CONNECT', path: 'host:1' }).on('connect', (res, socket) => {
    socket.on('data', (chunk) => console.log(chunk.toString()));
    socket.on('close', () => server.close());
    socket.end('there and back');
  });
}

server.listen(0, upgrade);
