'use strict';
// One side has ended; the other may go on where allowHalfOpen says so, and ends too where it does not.
const net = require('net');

function run(allowHalfOpen, done) {
  const server = net.createServer({ allowHalfOpen }, (socket) => {
    socket.resume();
    socket.on('end', () => {
      console.log('server end', socket.writable, socket.readyState);
      if (allowHalfOpen) socket.end('late');
    });
    socket.on('close', () => server.close(done));
  });
  server.listen(0, () => {
    const client = net.connect(server.address().port);
    client.setEncoding('utf8');
    client.on('data', (text) => console.log('client got', text));
    client.on('end', () => console.log('client end'));
    client.end('early');
  });
}

run(false, () => run(true, () => console.log('done')));
