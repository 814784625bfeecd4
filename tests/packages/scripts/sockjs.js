'use strict';
const http = require('http');
const sockjs = require('sockjs');

const echo = sockjs.createServer({ log() {} });
echo.on('connection', (connection) => connection.on('data', (text) => connection.write(`${text}!`)));
const server = http.createServer();
echo.installHandlers(server, { prefix: '/echo' });
server.listen(0, async () => {
  const url = `http://localhost:${server.address().port}/echo`;
  const post = async (path, body) => (await fetch(`${url}/000/abc/${path}`, { method: 'POST', body })).text();
  console.log((await (await fetch(`${url}/info`)).json()).websocket, JSON.stringify(await post('xhr')));
  const answer = post('xhr');
  await post('xhr_send', '["hello"]');
  console.log(JSON.stringify(await answer));
  process.exit();
});
