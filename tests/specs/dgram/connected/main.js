'use strict';
// A connected socket needs no address, hears from its peer only, and hears when there is none.
const dgram = require('dgram');

const peer = dgram.createSocket('udp4');
const stranger = dgram.createSocket('udp4');
const socket = dgram.createSocket('udp4');
peer.bind(0, '127.0.0.1', () => {
  socket.connect(peer.address().port, '127.0.0.1', () => {
    console.log(socket.remoteAddress().address, socket.remoteAddress().port === peer.address().port);
    try {
      socket.send('x', 0, 1, 1, '127.0.0.1');
    } catch (err) {
      console.log(err.code);
    }
    socket.on('message', (message) => {
      console.log(`${message}`);
      peer.close(() => socket.send('is there anybody'));
    });
    stranger.send('not heard', socket.address().port, '127.0.0.1', () => {
      stranger.close();
      socket.send('hello', (err, bytes) => console.log(err, bytes));
    });
  });
  socket.on('error', (err) => {
    console.log(err.code, err.syscall);
    socket.disconnect();
    try {
      socket.remoteAddress();
    } catch (err) {
      console.log(err.code);
    }
    socket.close();
  });
  peer.on('message', (message, { port, address }) => peer.send(`${message} yourself`, port, address));
});
