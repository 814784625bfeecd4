// A listening server is handed to a child, which then serves; both may listen on it.
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    server.on('connection', (socket) => socket.end(`${message} child`));
    process.send('serving');
    process.once('message', () => {
      server.close();
      process.disconnect();
    });
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer(() => console.log('not here'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    child.send('from', server, (err) => console.log('sent', err));
    child.once('message', (message) => {
      console.log(message);
      server.close(() => console.log('closed here'));
      net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (text) => {
        console.log(text);
        child.send('stop');
      });
    });
  });
  child.on('exit', (code) => console.log('exit', code));
}
