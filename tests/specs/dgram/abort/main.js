'use strict';
// A signal closes a socket; an unreferenced one lets the program end.
const dgram = require('dgram');

const controller = new AbortController();
const socket = dgram.createSocket({ type: 'udp4', signal: controller.signal });
socket.on('close', () => console.log('closed'));
socket.bind(0, () => controller.abort());
dgram.createSocket('udp6').bind(0, '::1', function() {
  console.log(this.address().family, this.unref() === this);
});
process.on('exit', () => console.log('exit'));
