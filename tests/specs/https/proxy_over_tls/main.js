'use strict';
// A proxy that is itself spoken to over TLS: it must be trusted by all, whatever a request says of the server's certificate.
const { spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);

async function client(proxy, port) {
  const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  for (const [module, options] of [[http, { host: 'named.invalid' }], [https, { host: 'localhost', port }]]) {
    await new Promise((resolve) => {
      const agent = new module.Agent({ proxyEnv: env });
      const req = module.get({ agent, rejectUnauthorized: false, ...options }, (res) => {
        res.setEncoding('utf8').on('data', (text) => console.log(text)).on('end', resolve);
      });
      req.on('error', (err) => resolve(console.log(err.code)));
    });
  }
}

if (process.argv.length > 2) {
  client(...process.argv.slice(2));
} else {
  const identity = { key: key('server.key'), cert: key('server.crt') };
  const server = https.createServer(identity, (req, res) => res.end('through a tunnel'));
  const proxy = https.createServer(identity, (req, res) => res.end(req.url));
  proxy.on('connect', (req, socket) => {
    const upstream = net.connect(server.address().port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const one of [socket, upstream]) one.on('error', () => {});
  });
  server.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', async () => {
    for (const extra of ['', `${__dirname}/../../tls/keys/ca.crt`]) {
      await new Promise((resolve) => {
        const args = [__filename, `https://localhost:${proxy.address().port}`, server.address().port];
        spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: extra } }).on('close', resolve);
      });
    }
    server.close();
    proxy.close();
  }));
}
