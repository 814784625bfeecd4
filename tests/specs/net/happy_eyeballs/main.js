'use strict';
// A name with several addresses: the next is tried when one does not answer; when none does, the error has them all.
const net = require('net');

const server = net.createServer((socket) => socket.end());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const lookup = (addresses) => (host, options, callback) => {
    callback(null, addresses.map((address) => ({ address, family: net.isIP(address) })));
  };
  const attempts = [];
  const client = net.connect({ port, host: 'a.name', lookup: lookup(['::1', '127.0.0.1']), autoSelectFamily: true });
  for (const event of ['connectionAttempt', 'connectionAttemptFailed']) client.on(event, (address) => attempts.push(event, address));
  client.on('connect', () => console.log(attempts, client.remoteAddress, client.autoSelectFamilyAttemptedAddresses.length));
  client.resume();
  client.on('close', () => server.close(() => {
    net.connect({ port, host: 'a.name', lookup: lookup(['::1', '127.0.0.1']), autoSelectFamily: true }).on('error', (err) => {
      console.log(err.constructor.name, err.code, err.errors.map((e) => `${e.code} ${e.address}`));
    });
  }));
});
