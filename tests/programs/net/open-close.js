'use strict';
// Opens and closes connections to itself, 64 at a time, as many as the argument says; prints the descriptors and the KiB
// that are used after a fifth of them and after all.
// The ends are of all kinds: by the server, by the client, with a reset, before anything was said.

const net = require('net');
const usage = require('./usage.js');

const count = Number(process.argv[2]);
const AT_A_TIME = 64;
// A collection follows each round, so that what waits for one is not taken for what is left.
const ROUND = 500;

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (data[0] === 0) socket.end(data);
    else socket.write(data);
  });
});

function connect(number, done) {
  // A port can be used anew toward another address while the last connection is remembered.
  const host = `127.0.0.${1 + number % 16}`;
  const socket = net.connect({ port: server.address().port, host }, () => {
    const kind = number % 4;
    if (kind === 3) socket.destroy();
    else socket.write(Buffer.from([kind]));
    socket.on('data', () => {
      if (kind === 1) socket.end();
      if (kind === 2) socket.resetAndDestroy();
    });
  });
  socket.on('error', (err) => {
    throw err;
  });
  socket.on('close', done);
}

function round(from, to, done) {
  let next = from;
  let open = 0;
  const more = () => {
    while (open < AT_A_TIME && next < to) {
      open++;
      connect(next++, () => {
        open--;
        if (next === to && open === 0) settle(done);
        else more();
      });
    }
  };
  more();
}

// The server's ends may close a moment after the clients'.
function settle(done) {
  server.getConnections((err, left) => {
    if (left > 0) setImmediate(settle, done);
    else setImmediate(done);
  });
}

server.listen(0, '0.0.0.0', () => {
  const rounds = [];
  const next = () => {
    const number = rounds.length;
    if (number * ROUND < count) {
      round(number * ROUND, (number + 1) * ROUND, () => {
        rounds.push(usage());
        next();
      });
      return;
    }
    // The first have made what all others use.
    const before = rounds[rounds.length / 5];
    const after = rounds.at(-1);
    console.log(before.descriptors, after.descriptors, before.memory, after.memory);
    server.close();
  };
  next();
});
