'use strict';
// What a request says to the proxy of its agent, and what it does not say to others.
const http = require('http');
const net = require('net');

const proxy = net.createServer((socket) => {
  socket.once('data', (chunk) => {
    console.log(String(chunk).trim());
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
});

proxy.listen(0, '127.0.0.1', async () => {
  const { port } = proxy.address();
  const plain = new http.Agent({ proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${port}` } });
  const known = new http.Agent({ keepAlive: true, proxyEnv: { http_proxy: `http://us%65r:pass@127.0.0.1:${port}`, HTTP_PROXY: 'http://other.invalid' } });
  for (const options of [
    { agent: plain, host: 'Named.invalid', path: '/path?query' },
    { agent: known, host: '::1', port: 81, path: '/a/../b' },
    { agent: known, host: 'named.invalid', path: 'http://NAMED.invalid:80/absolute', headers: { 'Proxy-Connection': 'mine', 'Host': 'named.invalid:80' } },
    { agent: plain, host: 'named.invalid', path: '*', method: 'OPTIONS', setHost: false },
    { agent: known, host: 'named.invalid', headers: ['X', 'as', 'Host', 'named.invalid'] },
    { agent: plain, host: 'named.invalid', headers: { expect: '100-continue' } },
  ]) {
    await new Promise((resolve) => {
      const req = http.request(options, (res) => res.resume().on('end', resolve));
      req.on('socket', () => console.log('--', req.path, Object.keys(options.agent.sockets)));
      req.end();
    });
  }
  for (const agent of [plain, known]) agent.destroy();
  proxy.close();
});
