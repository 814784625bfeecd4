// A server on $PORT that gives every connection one byte.
require('net').createServer((socket) => {
  socket.on('error', () => {});
  socket.write('!');
}).listen(Number(process.env.PORT), '127.0.0.1');
