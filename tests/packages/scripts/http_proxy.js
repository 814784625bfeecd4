'use strict';
// Requests, WebSockets and errors through a proxy.
const http = require('http');
const httpProxy = require('http-proxy');
const { WebSocket, WebSocketServer } = require('ws');

const back = http.createServer((req, res) => req.pipe(res.setHeader('x-back', '1')));
new WebSocketServer({ server: back }).on('connection', (socket) => socket.on('message', (text) => socket.send(`echo ${text}`)));
back.listen(0, () => {
  const proxy = httpProxy.createProxyServer({ target: { host: 'localhost', port: back.address().port }, ws: true });
  proxy.on('error', (err, req, res) => res.writeHead(502).end(err.code));
  const front = http.createServer((req, res) => proxy.web(req, res, req.url === '/bad' ? { target: 'http://localhost:1' } : {}));
  front.on('upgrade', (req, socket, head) => proxy.ws(req, socket, head));
  front.listen(0, async () => {
    const at = `localhost:${front.address().port}`;
    const good = await fetch(`http://${at}`, { method: 'POST', body: 'data' });
    console.log(good.status, good.headers.get('x-back'), await good.text());
    const bad = await fetch(`http://${at}/bad`);
    console.log(bad.status, await bad.text());
    const socket = new WebSocket(`ws://${at}`);
    socket.on('open', () => socket.send('one'));
    socket.on('message', (text) => {
      console.log(String(text));
      socket.close(1000);
    });
    socket.on('close', (code) => {
      console.log('closed', code);
      process.exit();
    });
  });
});
