'use strict';
// How much has gone and come, and whence, also when all is over.
const net = require('net');

const server = net.createServer((socket) => {
  const { remotePort } = socket;
  socket.resume();
  socket.end('hello');
  socket.on('close', () => {
    console.log('server:', socket.bytesRead, socket.bytesWritten, socket.remoteAddress, socket.remotePort === remotePort);
    server.close();
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  client.cork();
  client.write('ab');
  client.write(Buffer.from('cde'));
  client.write('\u20ac', 'utf8');
  client.uncork();
  console.log('before it connects:', client.bytesWritten, client.connecting, client.pending, client.readyState);
  client.on('connect', () => console.log(client.address().address, client.localAddress, client.localFamily, client.remoteFamily, client.readyState));
  client.resume();
  client.end();
  client.on('close', () => console.log('client:', client.bytesRead, client.bytesWritten, client.remoteAddress, client.address(), client.readyState));
});
