'use strict';
// While the program is asked about a client's hello, no more than so much of what follows is taken.
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), SNICallback: () => flood() });

// What brings the client's hello to the server.
let bridge;
const relay = net.createServer((client) => {
  client.once('data', (hello) => {
    bridge = net.connect(server.address().port);
    bridge.write(hello);
  });
});

const total = 128 << 20;
const block = Buffer.alloc(1 << 20);
let taken = 0;

function send() {
  if (taken < total) bridge.write(block, () => { taken += block.length; send(); });
}

function flood() {
  send();
  let last = -1;
  const timer = setInterval(() => {
    if (taken !== last && taken < total) {
      last = taken;
      return;
    }
    clearInterval(timer);
    console.log(taken < total ? 'the flood stands' : 'all was taken');
    process.exit();
  }, 50);
}

server.listen(0, () => relay.listen(0, () => {
  tls.connect({ port: relay.address().port, servername: 'localhost' });
}));
