'use strict';
// With NODE_USE_ENV_PROXY fetch goes through the proxies that the environment names: a tunnel for https.
const { spawn } = require('child_process');
const http = require('http');
const net = require('net');

if (process.env.NODE_USE_ENV_PROXY) {
  (async () => {
    for (const url of process.argv.slice(2)) {
      try {
        console.log(await (await fetch(url)).text());
      } catch (err) {
        console.log(err.message, err.cause.code);
      }
    }
  })();
} else {
  const proxy = http.createServer((req, res) => res.end(`${req.url} ${req.headers.host} ${req.headers['proxy-authorization']}`));
  proxy.on('connect', (req, socket) => {
    console.log('CONNECT', req.url, req.headers['proxy-authorization']);
    // A tunnel to where nobody speaks TLS.
    socket.end(req.url.startsWith('refused') ? 'HTTP/1.1 403 Forbidden\r\n\r\n' : 'HTTP/1.1 200 OK\r\n\r\n');
  });
  const direct = net.createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ndirect'));
  });
  direct.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => {
    const env = {
      ...process.env, NODE_USE_ENV_PROXY: '1', http_proxy: `http://us%65r:pass@127.0.0.1:${proxy.address().port}`, no_proxy: '.invalid.test, 127.0.0.1',
    };
    const urls = ['http://named.invalid/path?query', 'http://named.invalid:81/', `http://127.0.0.1:${direct.address().port}/`, 'https://refused.invalid/',
      'https://tunnel.invalid:444/'];
    const child = spawn(process.execPath, [__filename, ...urls], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.pipe(process.stdout, { end: false });
    child.on('close', () => {
      proxy.close();
      direct.close();
    });
  }));
}
