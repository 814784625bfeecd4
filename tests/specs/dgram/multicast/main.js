'use strict';
// A group hears what is sent to it, until it is left.
const dgram = require('dgram');

const GROUP = '239.255.0.7';
const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
socket.bind(0, () => {
  const { port } = socket.address();
  socket.addMembership(GROUP, '127.0.0.1');
  socket.setMulticastInterface('127.0.0.1');
  console.log(socket.setMulticastTTL(1), socket.setMulticastLoopback(true));
  try {
    socket.addMembership(GROUP, '127.0.0.1');
  } catch (err) {
    console.log(err.code, err.syscall);
  }
  socket.once('message', (message) => {
    console.log(`${message}`);
    socket.dropMembership(GROUP, '127.0.0.1');
    socket.on('message', (message) => {
      console.log(`${message}`);
      socket.close();
    });
    socket.send('nobody hears this', port, GROUP, () => socket.send('this is heard', port, '127.0.0.1'));
  });
  socket.send('to all', port, GROUP);
});
