// A clientError listener that leaves the connection open hears of every piece that follows; the peer's end closes the connection.
const http = require('http');
const net = require('net');

let socket;
let errors = 0;
const server = http.createServer().on('clientError', (err, connection) => {
  console.log(err.code, JSON.stringify(err.rawPacket.toString()));
  connection.on('close', () => {
    console.log('closed');
    server.close();
  });
  if (++errors < 2) socket.write('more');
  else socket.end();
}).listen(0, () => {
  socket = net.connect(server.address().port, () => socket.write('*'));
});
