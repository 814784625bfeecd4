// What examples/embed.rs runs: a cluster of two whose workers answer with the embedding program's own op.
const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  let ready = 0;
  cluster.on('listening', (worker, address) => {
    if (++ready === 2) console.log(`two workers listen on ${address.port}`);
  });
  cluster.fork();
  cluster.fork();
} else {
  const { op_embed_greeting } = require('rtjs:ops');
  http.createServer((req, res) => {
    res.end(op_embed_greeting(`worker ${cluster.worker.id}`));
  }).listen(Number(process.argv[2] ?? 8000));
}
