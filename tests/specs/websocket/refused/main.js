'use strict';
// What is no WebSocket: arguments, servers that are none, answers that do not fit the question.
const http = require('http');

for (const args of [[], ['nowhere'], ['ftp://x'], ['ws://x#part'], ['ws://x', ['a', 'A']], ['ws://x', 'a b']]) {
  try {
    new WebSocket(...args);
  } catch (err) {
    console.log(err.name, err.message);
  }
}

const accept = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept:';
const answers = {
  '/plain': 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  '/hash': `HTTP/1.1 101 Switching Protocols\r\n${accept} AAAA\r\n\r\n`,
  '/ended': '',
};
const server = http.createServer().on('upgrade', (req, socket) => socket.end(answers[req.url]));
server.listen(0, async () => {
  for (const path of Object.keys(answers)) {
    const ws = new WebSocket(`ws://localhost:${server.address().port}${path}`);
    try {
      ws.send('early');
    } catch (err) {
      console.log(err.name, err.message);
    }
    ws.onopen = () => console.log('open');
    ws.onerror = (event) => console.log(event.constructor.name, event.error instanceof TypeError);
    await new Promise((resolve) => { ws.onclose = resolve; }).then(({ code, wasClean }) => console.log(path, code, wasClean, ws.readyState));
  }
  server.close();
});
