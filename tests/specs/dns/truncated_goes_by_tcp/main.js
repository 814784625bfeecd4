'use strict';
// An answer that does not fit into a datagram is asked for again by TCP.
const { Resolver } = require('dns');
const net = require('net');
const { parse, reply, serve, text, uint16 } = require('../name_server.js');

const long = 'x'.repeat(250);
const records = Array.from({ length: 20 }, () => ({ type: 16, data: text(long) }));

const stream = net.createServer((socket) => {
  socket.once('data', (data) => {
    const message = reply(parse(data.subarray(2)), records);
    // In two parts, the first of which is not even all of the length.
    socket.write(uint16(message.length).subarray(0, 1));
    setImmediate(() => socket.end(Buffer.concat([uint16(message.length).subarray(1), message])));
  });
});

// Both kinds of server need the same port; where TCP's is taken, another is tried.
function start() {
  serve((query) => reply(query, [], { truncated: true }), (server, address) => {
    const listening = () => ask(server, address);
    stream.once('listening', listening);
    stream.once('error', () => {
      stream.removeListener('listening', listening);
      server.close(start);
    });
    stream.listen(server.address().port, '127.0.0.1');
  });
}

function ask(server, address) {
  const resolver = new Resolver();
  resolver.setServers([address]);
  resolver.resolveTxt('example.org', (err, result) => {
    console.log(err, result.length, result.every(([entry]) => entry === long));
    server.close();
    stream.close();
  });
}

start();
