'use strict';
// A stream that carried the last response is ended, not torn down: both sides see the other's end.
const http = require('http');
const { duplexPair } = require('stream');

const server = http.createServer((req, res) => {
  req.resume().once('end', () => {
    res.write('one ');
    res.end('two');
  });
});
const [client, carrier] = duplexPair();
server.emit('connection', carrier);
const seen = [];
for (const [name, stream] of [['client', client], ['server', carrier]]) {
  for (const event of ['end', 'close']) stream.on(event, () => seen.push(`${name} ${event}`));
}
const req = http.request({ createConnection: () => client, method: 'PUT', headers: { Connection: 'close' } }, (res) => {
  res.setEncoding('utf8');
  let text = '';
  res.on('data', (chunk) => { text += chunk; });
  res.on('end', () => console.log(text));
});
req.end('body');
process.on('exit', () => console.log(seen.sort().join(', ')));
