// An echo server on $PORT, by 'data' and write().
require('net').createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.write(data));
}).listen(Number(process.env.PORT), '127.0.0.1');
