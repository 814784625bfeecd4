// A server may answer before it has seen the request; a response that nobody asked for ends the connection quietly.
const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearlyHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
}).listen(0, () => {
  http.get({ port: server.address().port }, (res) => {
    res.setEncoding('utf8').on('data', (text) => console.log(text));
    res.on('end', () => console.log('end', res.complete));
    res.socket.on('close', () => {
      console.log('closed');
      server.close();
    });
  });
});
