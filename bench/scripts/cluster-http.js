// The article's cluster with the number of workers and the port from the environment.
const cluster = require('cluster');
const http = require('http');

if (cluster.isMaster) {
  for (let i = 0; i < Number(process.env.WORKERS); i++) cluster.fork();
} else {
  http.createServer((req, res) => {
    res.writeHead(200);
    res.end('hello world\n');
  }).listen(Number(process.env.PORT));
}
