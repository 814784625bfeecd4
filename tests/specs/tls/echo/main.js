'use strict';
// A client and a server: what both know of the connection, and the bytes that go through it.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

const server = tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => {
  console.log('server:', socket.getProtocol(), socket.getCipher().name, socket.servername, socket.encrypted);
  socket.pipe(socket);
});
server.listen(0, () => {
  const client = tls.connect({ port: server.address().port, ca: key('ca.crt'), servername: 'localhost' });
  const received = [];
  client.on('secureConnect', () => {
    const { subject, issuer, subjectaltname } = client.getPeerCertificate();
    setImmediate(() => {
      console.log('client:', client.authorized, { ...subject }, { ...issuer }, subjectaltname);
      client.write(Buffer.alloc(100_000, 'x'));
      client.end('the end');
    });
  });
  client.on('data', (chunk) => received.push(chunk));
  client.on('end', () => {
    const all = Buffer.concat(received);
    console.log('received', all.length, all.subarray(-7).toString());
  });
  client.on('close', (hadError) => {
    console.log('closed', hadError, client.bytesWritten, client.bytesRead);
    server.close();
  });
});
