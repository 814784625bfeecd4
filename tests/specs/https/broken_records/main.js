'use strict';
// What is no record of the connection's is a 'clientError' in OpenSSL's words; an end without TLS's own, in a request, is an abort.
const fs = require('fs');
const https = require('https');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const server = https.createServer(options, (req, res) => {
  req.on('aborted', () => console.log('aborted'));
  req.on('error', (err) => console.log(err.code));
  if (req.method === 'GET') res.end('text');
});
server.on('clientError', (err, socket) => {
  console.log('clientError', err.code, err.reason);
  socket.destroy();
});

function open(then) {
  const carrier = net.connect(server.address().port);
  const client = tls.connect({ socket: carrier, rejectUnauthorized: false }, () => then(client, carrier));
  client.on('error', () => {});
  return carrier;
}

server.listen(0, () => {
  open((client, carrier) => {
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    client.once('data', () => carrier.write(Buffer.from(`1703030020${'00'.repeat(32)}`, 'hex')));
  }).on('close', () => {
    open((client, carrier) => {
      client.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc');
      server.once('request', () => carrier.end());
    }).on('close', () => server.close());
  });
});
