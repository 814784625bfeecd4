// What goes out has exactly the framing that its head announces: nothing behind a request with headers of its own, nothing behind the head of
// an answer to HEAD.
const http = require('http');
const net = require('net');

const raw = net.createServer((socket) => {
  let text = '';
  socket.on('data', (piece) => {
    text += piece;
    if (text.includes('\r\n\r\n')) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
  });
  socket.on('end', () => console.log(JSON.stringify(text)));
});
raw.listen(0, () => {
  http.get({ port: raw.address().port, agent: false, headers: ['X', '1'] }, (res) => {
    res.resume();
    raw.close();
    head();
  });
});

function head() {
  const server = http.createServer((req, res) => {
    res.writeHead(200, { 'Transfer-Encoding': 'chunked', 'Date': 'now' });
    res.end();
  }).listen(0, () => {
    const socket = net.connect(server.address().port);
    let text = '';
    socket.setEncoding('utf8').on('data', (piece) => { text += piece; });
    socket.on('end', () => {
      console.log(JSON.stringify(text));
      server.close();
    });
    socket.end('HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  });
}
