// A large body goes out from the program's own memory: it counts as waiting until the connection has taken all of it.
const http = require('http');

const big = Buffer.alloc(64 * 1024 * 1024, 'x');
let written = false;

const server = http.createServer((req, res) => {
  console.log('more is welcome:', res.write(big, () => { written = true; console.log('written'); }));
  res.on('drain', () => {
    console.log('drain', res.writableLength);
    res.end(big.subarray(0, 1024 * 1024));
    console.log('waiting', res.writableLength > 0);
  });
  res.on('finish', () => console.log('finish', res.writableLength));
  res.on('close', () => console.log('close'));
});

server.listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    let size = 0;
    res.once('data', (first) => {
      size += first.length;
      res.pause();
      setImmediate(() => {
        console.log('before the client reads:', written);
        res.on('data', (piece) => { size += piece.length; });
        res.resume();
      });
    });
    res.on('end', () => {
      console.log('received', size);
      server.close();
    });
  });
});
