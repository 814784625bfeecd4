'use strict';
// Ways to listen: options, a signal that ends it, a descriptor that came with the process, only IPv6.
const { spawn } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  const server = net.createServer((socket) => {
    socket.end('by descriptor');
    server.close();
  });
  server.listen({ fd: 3 }, () => process.stdout.write(`${server.address().port}`));
} else {
  const controller = new AbortController();
  const server = net.createServer(() => console.log('never'));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 5, signal: controller.signal }, () => {
    const { port, family } = server.address();
    console.log(family, server.listening);
    const child = spawn(process.execPath, [__filename, 'child'], { stdio: ['ignore', 'pipe', 'inherit', server._handle.fd] });
    child.stdout.once('data', (text) => {
      console.log('same port:', Number(text) === port);
      controller.abort();
    });
    server.on('close', () => {
      console.log('closed', server.listening, server.address());
      net.connect(port, '127.0.0.1').on('data', (data) => console.log(`${data}`));
    });
    child.on('close', (code) => {
      console.log('child:', code);
      onlySix();
    });
  });
}

function onlySix() {
  const six = net.createServer();
  six.listen({ port: 0, host: '::', ipv6Only: true }, () => {
    const { port, family } = six.address();
    const four = net.createServer();
    four.listen(port, '0.0.0.0', () => {
      console.log(family, four.address().family, 'share a port');
      four.close();
      six.close();
      six.close((err) => console.log(err.code));
    });
  });
}
