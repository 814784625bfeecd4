'use strict';
// Sends as many bytes as the argument says to whoever connects to the first port, from a stream that says how much has been asked of it. Takes nothing
// from whoever connects to the second. Who connects to the third gets a line about how things stand.

const net = require('net');
const { Readable } = require('stream');
const usage = require('./usage.js');

const total = Number(process.argv[2]);
const block = Buffer.alloc(64 * 1024, 'x');
let produced = 0;

class Source extends Readable {
  _read() {
    if (produced === total) {
      this.push(null);
      return;
    }
    produced += block.length;
    this.push(block);
  }
}

const sender = net.createServer((socket) => new Source({ highWaterMark: block.length }).pipe(socket));
const taker = net.createServer({ pauseOnConnect: true }, (socket) => socket.on('error', () => {}));
const teller = net.createServer((socket) => socket.end(JSON.stringify({ produced, ...usage() })));

const servers = [sender, taker, teller];
let listening = 0;
for (const server of servers) {
  server.listen(0, '127.0.0.1', () => {
    if (++listening === servers.length) console.log(`ready ${servers.map((s) => s.address().port).join(' ')}`);
  });
}
