// An echo server on $PORT, by pipe().
require('net').createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen(Number(process.env.PORT), '127.0.0.1');
