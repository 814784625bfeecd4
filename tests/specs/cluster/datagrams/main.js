// Workers share a datagram socket.
const cluster = require('cluster');
const dgram = require('dgram');

if (cluster.isWorker) {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, { port }) => socket.send(`${message} and back`, port, '127.0.0.1'));
  socket.bind(0, '127.0.0.1', () => process.send(socket.address().port));
} else {
  const ports = new Set();
  let ready = 0;
  cluster.on('message', (worker, port) => {
    ports.add(port);
    if (++ready !== 2) return;
    console.log('ports', ports.size);
    const client = dgram.createSocket('udp4');
    client.on('message', (message) => {
      console.log(String(message));
      client.close();
      cluster.disconnect();
    });
    client.send('there', port, '127.0.0.1');
  });
  cluster.fork();
  cluster.fork();
}
