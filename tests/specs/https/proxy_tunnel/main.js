'use strict';
// https through a proxy: a tunnel, which is kept with the connection in it.
const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const server = https.createServer({ key: key('server.key'), cert: key('server.crt') }, (req, res) => res.end(`${req.url} ${req.headers.host}`));
const proxy = http.createServer();
proxy.on('connect', (req, socket) => {
  console.log('CONNECT', req.url.replace(/\d+$/, 'port'), req.headers['proxy-authorization'], req.headers['proxy-connection']);
  const upstream = net.connect(server.address().port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\nx: y\r\n\r\n');
    socket.pipe(upstream).pipe(socket);
  });
  for (const one of [socket, upstream]) one.on('error', () => {});
});

server.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', async () => {
  const proxyEnv = { https_proxy: `http://user:pass@127.0.0.1:${proxy.address().port}`, NO_PROXY: '127.0.0.1' };
  const { port } = server.address();
  const get = (agent, host, path) => new Promise((resolve) => {
    const req = https.get({ agent, host, port, path, ca: key('ca.crt') }, (res) => {
      res.setEncoding('utf8').on('data', (text) => console.log(text.replace(port, 'port'), res.socket.authorized, req.reusedSocket));
      res.on('end', () => setImmediate(resolve));
    });
  });
  const keeping = new https.Agent({ keepAlive: true, proxyEnv });
  await get(keeping, 'localhost', '/1');
  await get(keeping, 'localhost', '/2');
  await get(keeping, '127.0.0.1', '/direct');
  keeping.destroy();
  await get(new https.Agent({ proxyEnv: { HTTPS_PROXY: proxyEnv.https_proxy } }), '127.0.0.1', '/anew');
  server.close();
  proxy.close();
}));
