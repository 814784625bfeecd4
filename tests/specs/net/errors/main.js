'use strict';
// What goes wrong says what, where and with what number.
const net = require('net');

function show(what, { message, code, errno, syscall, address, port }) {
  console.log(what, { message: message.replace(/:\d+/g, ':PORT'), code, errno, syscall, address, port: typeof port });
}

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  net.createServer().on('error', (err) => {
    show('listen', err);
    server.close(() => {
      net.connect(port, '127.0.0.1').on('error', (err) => {
        show('connect', err);
        net.connect('/nowhere/at/all').on('error', (err) => {
          show('path', err);
          net.createServer().on('error', (err) => show('no path', err)).listen('/nowhere/at/all');
        });
      });
    });
  }).listen(port, '127.0.0.1');
});
for (const bad of [() => net.connect(70000), () => net.connect({}), () => net.createServer().listen({}), () => new net.Socket({ fd: 'x' }), () => net.connect({ port: 1, host: 5 })]) {
  try {
    bad();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
