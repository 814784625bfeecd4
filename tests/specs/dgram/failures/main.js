'use strict';
// What goes wrong says what, where and with what number.
const dgram = require('dgram');

const socket = dgram.createSocket('udp4');
for (const bad of [
  () => dgram.createSocket('udp5'),
  () => socket.send('x', 0, '127.0.0.1'),
  () => socket.send(5, 1, '127.0.0.1'),
  () => socket.send(Buffer.from('abc'), 2, 5, 1, '127.0.0.1'),
  () => socket.setTTL(1000),
  () => socket.setBroadcast(true),
  () => socket.address(),
  () => socket.addMembership('not an address'),
]) {
  try {
    bad();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
socket.bind(0, '127.0.0.1', () => {
  const { port } = socket.address();
  dgram.createSocket('udp4').bind(port, '127.0.0.1').on('error', (err) => {
    console.log(err.code, err.errno, err.syscall, err.address, err.port === port);
    socket.send(Buffer.alloc(70000), port, '127.0.0.1', (err) => {
      console.log(err.code, err.syscall, err.address, err.port === port);
      socket.close();
      try {
        socket.close();
      } catch (err) {
        console.log(err.code);
      }
    });
  });
});
