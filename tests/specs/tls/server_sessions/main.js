'use strict';
// A server without tickets hands its sessions to the program, and asks for them when a client comes back; the handshake waits for both.
const fs = require('fs');
const tls = require('tls');
const { SSL_OP_NO_TICKET } = require('crypto').constants;

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const kept = new Map();

const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), secureOptions: SSL_OP_NO_TICKET }, (socket) => {
  console.log('server: secure, reused', socket.isSessionReused());
  socket.end('x');
});
server.on('newSession', (id, session, done) => {
  console.log('server: new session,', id.length, session.length > 0);
  setImmediate(() => {
    kept.set(id.toString('hex'), session);
    console.log('server: kept');
    done();
  });
});
server.on('resumeSession', (id, done) => {
  console.log('server: resume, known', kept.has(id.toString('hex')));
  if (kept.size === 0) setImmediate(done, new Error('no session left'));
  else setImmediate(done, null, kept.get(id.toString('hex')));
});
server.on('tlsClientError', (err) => console.log('server:', err.message));

function connect(session) {
  return new Promise((resolve) => {
    const client = tls.connect({ port: server.address().port, rejectUnauthorized: false, maxVersion: 'TLSv1.2', session });
    client.on('secureConnect', () => console.log('client: secure, ticket', client.getTLSTicket() !== undefined));
    client.on('session', (given) => { session = given; console.log('client: session'); });
    client.on('error', (err) => console.log('client:', err.code));
    client.on('close', () => resolve(session));
    client.resume();
  });
}

server.listen(0, async () => {
  const session = await connect();
  await connect(session);
  kept.clear();
  await connect(session);
  server.close();
});
