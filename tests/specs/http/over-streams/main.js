// Server and client over any stream; the process ends when they are done.
const http = require('http');
const { duplexPair } = require('stream');

const server = http.createServer((req, res) => {
  req.setEncoding('utf8').on('data', (text) => console.log('request', text));
  req.on('end', () => res.end('to you'));
});
const [client, other] = duplexPair();
server.emit('connection', other);
const req = http.request({ createConnection: () => client, method: 'PUT' }, (res) => {
  res.setEncoding('utf8').on('data', (text) => console.log('response', text));
  res.on('end', () => console.log('end'));
});
req.end('to me');
