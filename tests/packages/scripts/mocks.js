'use strict';
// What stands between a program and its connections: nock answers requests over http and https, and lets others through. ws with compression.
const http = require('http');
const https = require('https');
const axios = require('axios');
const { default: nock } = require('nock');
const { WebSocket, WebSocketServer } = require('ws');

const get = (client, url) => new Promise((resolve) => {
  client.get(url, (res) => {
    res.setEncoding('utf8').on('data', (text) => console.log(res.statusCode, text)).on('end', resolve);
  }).on('error', (err) => resolve(console.log(err.code, err.message)));
});

(async () => {
  nock('http://mocked.test').get('/').reply(200, { a: 1 }).post('/', { b: 2 }).reply(201, 'made').get('/broken').replyWithError('broken');
  nock('https://mocked.test').get('/').twice().reply(200, 'secure');
  await get(http, 'http://mocked.test/');
  console.log((await axios.post('http://mocked.test/', { b: 2 })).data);
  await get(http, 'http://mocked.test/broken');
  await get(https, 'https://mocked.test/');
  console.log(await (await fetch('https://mocked.test/')).text(), nock.isDone());

  const server = http.createServer((req, res) => res.end('not mocked')).listen(0);
  await get(http, { port: server.address().port });
  server.close();
  nock.restore();

  const sockets = new WebSocketServer({ port: 0, perMessageDeflate: { threshold: 0 } }, () => {
    const socket = new WebSocket(`ws://localhost:${sockets.address().port}`);
    socket.on('open', () => socket.send(Buffer.alloc(100000, 'x')));
    socket.on('message', (message) => {
      console.log(message.length, socket.extensions);
      socket.close();
      sockets.close();
    });
  });
  sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
})();
