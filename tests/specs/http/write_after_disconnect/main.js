// When its client has gone, write() no longer asks for more.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  let count = 0;
  const fill = () => {
    while (count < 5000 && res.write(Buffer.alloc(65536))) count++;
    if (count < 5000) res.once('drain', fill);
  };
  res.on('close', () => {
    console.log('closed, asked to stop:', count < 5000);
    server.close();
  });
  fill();
}).listen(0, () => {
  const client = net.connect(server.address().port, () => client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  client.once('data', () => client.destroy());
});
