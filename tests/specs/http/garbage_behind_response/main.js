// What comes behind a response in one piece with it is told at once, to the request whose response it was, and the response can be read all the
// same; what comes later is passed over while somebody still reads, and ends a connection that waits for another request.
'use strict';
const http = require('http');
const net = require('net');

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const cases = {
  garbage: [`${whole}garbage`],
  'behind none': ['HTTP/1.1 204 No Content\r\n\r\ngarbage'],
  'a second': [whole + whole],
  'half of a second': [`${whole}HTTP/1.1 200 OK\r\nConte`],
  'broken body': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX'],
};
let answer;
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (chunk) => socket.write(`${chunk}`.startsWith('GET /first') ? answer : whole));
}).listen(0, async () => {
  for (const name of Object.keys(cases)) {
    console.log('---', name);
    [answer] = cases[name];
    const agent = new http.Agent({ keepAlive: true });
    await ask(agent, '/first');
    await ask(agent, '/second');
    agent.destroy();
  }
  server.close();
});

function ask(agent, path) {
  return new Promise((done) => {
    const req = http.get({ port: server.address().port, agent, path }, (res) => {
      console.log(path, 'response', res.statusCode);
      process.nextTick(() => console.log(path, 'complete', res.complete));
      res.on('data', (chunk) => console.log(path, chunk.toString()));
      for (const event of ['end', 'aborted', 'error']) res.on(event, (err) => console.log(path, 'response', event, err?.code));
      res.on('close', () => setImmediate(done));
    });
    req.on('error', (err) => console.log(path, 'error', err.code, err.bytesParsed));
    req.on('close', () => console.log(path, 'close', req.reusedSocket));
  });
}
