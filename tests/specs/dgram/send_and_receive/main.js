'use strict';
// Datagrams from strings, views and lists; what comes with them; empty ones are datagrams too.
const dgram = require('dgram');

const receiver = dgram.createSocket('udp4');
const sender = dgram.createSocket({ type: 'udp4', lookup: (host, family, callback) => callback(null, '127.0.0.1', 4) });
const all = [];
receiver.on('message', (message, { address, family, port, size }) => {
  all.push(`${message}`);
  console.log(JSON.stringify(`${message}`), address, family, port === sender.address().port, size);
  if (all.length < 5) return;
  receiver.close(() => console.log('closed'));
  sender.close();
});
receiver.bind(0, '127.0.0.1', () => {
  const { port } = receiver.address();
  const next = [
    () => sender.send('text', port, 'somewhere', then),
    () => sender.send(Buffer.from('0123456789'), 2, 5, port, '127.0.0.1', then),
    () => sender.send([Buffer.from('of '), 'three ', new Uint8Array([112, 97, 114, 116, 115])], port, '127.0.0.1', then),
    () => sender.send('', port, '127.0.0.1', then),
    () => sender.send(new DataView(new TextEncoder().encode('view').buffer), port, '127.0.0.1', then),
  ];
  function then(err, bytes) {
    console.log('sent', err, bytes);
    next.shift()?.();
  }
  next.shift()();
});
