'use strict';
// Bodies of many records, both ways, also to a reader that takes its time.
const fs = require('fs');
const https = require('https');
const crypto = require('crypto');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

const hash = (chunks) => crypto.createHash('sha1').update(Buffer.concat(chunks)).digest('hex');
const body = crypto.randomBytes(3_000_000);

const server = https.createServer(options, (req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    console.log(hash(chunks) === hash([body]));
    let at = 0;
    let waits = 0;
    const write = () => {
      while (at < body.length) {
        const more = res.write(body.subarray(at, at += 50_000));
        if (!more) {
          waits++;
          res.once('drain', write);
          return;
        }
      }
      res.end(() => console.log(waits > 0));
    };
    write();
  });
});
server.listen(0, () => {
  const req = https.request({ port: server.address().port, method: 'POST', rejectUnauthorized: false }, (res) => {
    const chunks = [];
    res.on('data', (chunk) => {
      chunks.push(chunk);
      res.pause();
      setTimeout(() => res.resume(), 1);
    });
    res.on('end', () => {
      console.log(hash(chunks) === hash([body]));
      server.closeAllConnections();
      server.close();
    });
  });
  for (let at = 0; at < body.length; at += 70_000) req.write(body.subarray(at, at + 70_000));
  req.end();
});
