// Of sockets that are destroyed by one callback, the last one's 'close' comes first.
const net = require('net');

const server = net.createServer((socket) => socket.resume()).listen(0, () => {
  let connected = 0;
  const sockets = ['a', 'b', 'c'].map((name) => {
    const socket = net.connect(server.address().port, () => {
      if (++connected === 3) setImmediate(() => sockets.forEach((each) => each.destroy()));
    });
    socket.on('close', () => {
      console.log('close', name);
      if (--connected === 0) server.close();
    });
    return socket;
  });
});
