// A connection is handed to a child; its server counts it until the child has closed it.
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    if (message === 'end') return process.disconnect();
    socket.setEncoding('utf8').on('data', (text) => socket.end(`${message}: ${text}`));
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send('child got', socket, () => {
      console.log('detached', socket._handle, server._connections);
      server.getConnections((err, count) => {
        console.log('connections', err, count);
        client.write('hello');
      });
      server.close(() => {
        console.log('server closed');
        child.send('end');
      });
    });
  });
  let client;
  server.listen(0, '127.0.0.1', () => {
    client = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    client.on('data', (text) => console.log(text)).on('close', () => console.log('client closed'));
  });
  child.on('exit', (code) => console.log('exit', code));
}
