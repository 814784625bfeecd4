// A client that ends its side behind its request gets the answer that the server has ready by then.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  let length = 0;
  req.on('data', (piece) => { length += piece.length; });
  req.on('end', () => res.end(`${length} bytes`));
}).listen(0, () => {
  const socket = net.connect(server.address().port);
  let text = '';
  socket.setEncoding('utf8').on('data', (piece) => { text += piece; });
  socket.on('end', () => {
    console.log(text.split('\r\n\r\n')[1]);
    server.close();
  });
  socket.end(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(100000)}`);
});
