// A server on $PORT that ends every connection.
require('net').createServer((socket) => {
  socket.on('error', () => {});
  socket.end();
}).listen(Number(process.env.PORT), '127.0.0.1');
