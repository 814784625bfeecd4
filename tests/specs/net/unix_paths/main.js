'use strict';
// Unix sockets: their file goes when the server closes, stays where nobody closed it, and names have a length.
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(folder, 'socket');

function echo(where, done) {
  const server = net.createServer((socket) => socket.pipe(socket));
  server.listen(where, () => {
    const client = net.connect(where, () => client.end('hello'));
    client.setEncoding('utf8');
    client.on('data', (text) => console.log(text, client.remoteAddress, client.remoteFamily));
    client.on('close', () => server.close(done));
  });
  return server;
}

const server = echo(file, () => {
  console.log('left behind:', fs.existsSync(file));
  echo(`\0${file}`, () => {
    console.log('abstract sockets have no file:', !fs.existsSync(file));
    fs.writeFileSync(file, '');
    net.createServer().on('error', (err) => {
      console.log(err.code, err.syscall, err.address === file);
      net.createServer().on('error', (err) => {
        console.log(err.code, err.syscall);
        fs.rmSync(folder, { recursive: true });
      }).listen(path.join(folder, 'x'.repeat(120)));
    }).listen(file);
  });
});
server.on('listening', () => console.log(server.address() === file, fs.statSync(file).isSocket()));
