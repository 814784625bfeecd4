// server.close() lets a response that is under way finish, and says in it that it is the connection's last.
const http = require('http');

const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((req, res) => {
  server.close();
  setTimeout(() => res.end('answered'), 10);
}).listen(0, () => {
  http.get({ port: server.address().port, agent }, (res) => {
    console.log(res.headers.connection);
    res.setEncoding('utf8').on('data', (text) => console.log(text));
  });
});
