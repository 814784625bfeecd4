'use strict';
// Who listens on a connection's socket sees what HTTP reads, and what is written to it goes out before the responses.
const fs = require('fs');
const https = require('https');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const server = https.createServer(options, (req, res) => res.end('text'));
server.on('secureConnection', (socket) => {
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('close', () => console.log(JSON.stringify(text)));
  socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
});
server.listen(0, () => {
  const client = tls.connect(server.address().port, { rejectUnauthorized: false }, () => {
    client.write('GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n');
    client.write('GET /b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  });
  let text = '';
  client.on('data', (chunk) => { text += chunk; });
  client.on('end', () => {
    console.log(text.replace(/Date: .*\r\n/g, ''));
    server.close();
  });
});
