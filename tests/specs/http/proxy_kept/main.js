'use strict';
// A connection to a proxy is kept and waited for like any other, under the server's name.
const http = require('http');

let connections = 0;
const proxy = http.createServer((req, res) => res.end(`${req.url} ${req.headers['proxy-connection']}`)).on('connection', () => connections++);

proxy.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1, proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${proxy.address().port}` } });
  const get = (path) => new Promise((resolve) => {
    const req = http.get({ agent, host: 'named.invalid', path }, (res) => {
      res.setEncoding('utf8').on('data', (text) => console.log(text, req.reusedSocket)).on('end', resolve);
    });
  });
  const both = [get('/1'), get('/2')];
  console.log(Object.keys(agent.sockets), Object.keys(agent.requests));
  Promise.all(both).then(() => setImmediate(() => {
    console.log(Object.keys(agent.freeSockets), connections);
    agent.destroy();
    proxy.close();
  }));
});
