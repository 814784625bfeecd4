require('http').createServer((req, res) => {
  res.writeHead(200);
  res.end('hello world\n');
}).listen(Number(process.env.PORT));
