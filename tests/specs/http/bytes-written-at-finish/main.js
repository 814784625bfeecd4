// When a response has finished, its bytes are among those that its socket has written, whether the kernel has them yet or not.
const http = require('http');
const net = require('net');

const answers = [
  (res) => res.end('whole'),
  (res) => {
    res.write('a chunk');
    res.end();
  },
  (res) => {
    res.writeContinue();
    res.writeHead(200, { 'Content-Length': 3 });
    res.write('a');
    res.end('bc');
  },
  (res) => {
    res.addTrailers({ a: 'b' });
    res.end();
  },
  (res) => {
    res.setHeader('Connection', 'close');
    res.end('x'.repeat(200_000));
  },
];
let request = 0;
let counted = 0;
const server = http.createServer((req, res) => {
  res.sendDate = false;
  const { socket } = req;
  res.on('finish', () => {
    console.log(`response ${request}: ${socket.bytesWritten - counted} bytes`);
    counted = socket.bytesWritten;
    if (request < answers.length) client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  });
  if (request === 3) res.setHeader('Trailer', 'a');
  answers[request++](res);
});
let client;
server.listen(0, '127.0.0.1', () => {
  let received = 0;
  client = net.connect(server.address().port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  client.on('data', (piece) => { received += piece.length; });
  client.on('end', () => {
    console.log(received === counted ? 'as many have come' : `${received} of ${counted} have come`);
    server.close();
  });
});
