'use strict';
// A connection's events run in the async context that it was made in; a server's in none.
const { AsyncLocalStorage } = require('async_hooks');
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const storage = new AsyncLocalStorage();

function watch(who, socket, events) {
  const seen = [];
  for (const event of events) socket.once(event, () => seen.push(`${event} ${storage.getStore()}`));
  return new Promise((resolve) => socket.once('close', () => resolve(`${who}: ${seen.join(', ')}`)));
}

const served = [];
const server = storage.run('listening', () => tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => {
  served.push(watch('server', socket, ['data', 'end', 'finish']));
  socket.on('data', () => socket.end('x'));
}));

server.listen(0, async () => {
  const { port } = server.address();
  const events = ['secureConnect', 'data', 'end', 'finish'];
  console.log(await storage.run('connecting', () => {
    const client = tls.connect({ port, rejectUnauthorized: false });
    client.end('x');
    return watch('client', client, events);
  }));
  console.log(await new Promise((resolve) => {
    const carrier = storage.run('carrying', () => net.connect(port));
    carrier.on('connect', () => storage.run('securing', () => {
      const client = tls.connect({ socket: carrier, rejectUnauthorized: false });
      client.end('x');
      watch('upgraded', client, events).then(resolve);
    }));
  }));
  console.log((await Promise.all(served)).join('\n'));
  server.close();
});
