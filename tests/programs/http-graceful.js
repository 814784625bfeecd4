// A server that stops when it is told to (tests/http_graceful.rs): answers at once or a little later, and says at its end how many it has given.
const http = require('http');

let answered = 0;
const server = http.createServer((req, res) => {
  res.on('finish', () => answered++);
  if (req.url === '/later') setTimeout(() => res.end('later'), 5);
  else if (req.url === '/pieces') {
    res.write('pie');
    setTimeout(() => res.end('ces'), 5);
  } else res.end('at once');
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.on('SIGTERM', () => server.close(() => console.log('closed')));
process.on('exit', () => console.log(`answered ${answered}`));
