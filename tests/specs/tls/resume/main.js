'use strict';
// A session of one connection is resumed by those that follow, in both versions; with the same ticket keys by another server, too.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

function serve(ticketKeys) {
  const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), ticketKeys }, (socket) => {
    console.log('server: reused', socket.isSessionReused());
    socket.end('x');
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}

function connect(server, options) {
  return new Promise((resolve) => {
    let { session } = options;
    const client = tls.connect({ port: server.address().port, servername: 'localhost', ca: key('ca.crt'), ...options });
    client.on('session', (given) => { session = given; });
    client.on('close', () => resolve(session));
    client.resume();
  });
}

(async () => {
  const ticketKeys = Buffer.alloc(48, 7);
  const first = await serve(ticketKeys);
  const second = await serve(ticketKeys);
  const third = await serve();
  for (const maxVersion of ['TLSv1.3', 'TLSv1.2']) {
    console.log(maxVersion);
    let session = await connect(first, { maxVersion });
    session = await connect(first, { maxVersion, session });
    session = await connect(second, { maxVersion, session });
    await connect(third, { maxVersion, session });
  }
  for (const server of [first, second, third]) server.close();
})();
