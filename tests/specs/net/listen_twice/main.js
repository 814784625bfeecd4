// listen() with a host takes effect after the call: a second one takes its place. Without a host the server listens at once, and a second call throws.
const net = require('net');

function twice(host, next) {
  const server = net.createServer();
  server.on('listening', () => {
    console.log(host, 'listens');
    server.close(next);
  });
  server.listen({ port: 0, host });
  try {
    server.listen({ port: 0, host });
    console.log(host, server.listening);
  } catch (err) {
    console.log(host, err.code);
  }
}

twice('127.0.0.1', () => twice('localhost', () => twice(undefined, () => {})));
