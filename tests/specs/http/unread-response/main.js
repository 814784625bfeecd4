// A response that nobody reads does not keep the process alive.
const http = require('http');

const server = http.createServer((req, res) => res.end('never read')).listen(0, () => {
  http.get({ port: server.address().port }, (res) => {
    console.log(res.statusCode);
    server.close();
  });
});
process.on('exit', () => console.log('exit'));
