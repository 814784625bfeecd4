// Keeps its connections, however long they are idle.
const server = require('http').createServer((req, res) => res.end('hello world\n'));
server.keepAliveTimeout = 120_000;
server.listen(Number(process.env.PORT));
