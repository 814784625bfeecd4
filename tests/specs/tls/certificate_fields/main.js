'use strict';
// A certificate's fields are there in Node's order, with undefined for what it does not have.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const own = { key: key('server.key'), cert: key('server.crt') };

async function show(name) {
  const server = tls.createServer({ key: key(`${name}.key`), cert: key(`${name}.crt`) }, (socket) => socket.end());
  await new Promise((resolve) => server.listen(0, resolve));
  const client = tls.connect({ port: server.address().port, rejectUnauthorized: false });
  client.resume();
  await new Promise((resolve) => client.on('secureConnect', resolve));
  const certificate = client.getPeerCertificate();
  console.log(name, Object.keys(certificate).join());
  console.log('without', Object.keys(certificate).filter((field) => certificate[field] === undefined).join());
  await new Promise((resolve) => client.on('close', resolve));
  console.log(client.getPeerCertificate(), client.getFinished());
  server.close();
}

show('server').then(() => show('ec'));
