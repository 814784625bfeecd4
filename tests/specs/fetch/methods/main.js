'use strict';
// A method goes out as it is spelled; only those that expect a body say that there is none. A method that nobody knows does not hang.
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('data', (data) => {
    const text = data.toString();
    const framing = text.match(/^(content-length|transfer-encoding|sec-fetch-mode): .*$/gm).join(' ');
    const reply = `${text.split(' ')[0]} ${framing}`;
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${reply.length}\r\n\r\n${reply}`);
  });
}).listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  for (const init of [
    { method: 'patch' }, { method: 'PATCH' }, { method: 'put' }, { method: 'QUERY' }, { method: 'odd' }, { method: 'DELETE' },
    { method: 'DELETE', body: '' }, { method: 'POST', body: '' }, { method: 'odd', body: 'ab' }, { headers: { 'content-length': '0' } },
    { headers: { 'sec-fetch-mode': 'mine' } },
  ]) {
    console.log(await (await fetch(url, init)).text());
  }
  try {
    new Request(url, { method: 'Ā' });
  } catch (err) {
    console.log(err.message);
  }
  server.close();
});
