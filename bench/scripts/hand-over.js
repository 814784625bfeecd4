// Hands every connection on $PORT to a child, which closes it.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => socket?.destroy());
} else {
  const child = fork(__filename, ['child']);
  require('net').createServer({ pauseOnConnect: true }, (socket) => child.send('take this', socket)).listen(Number(process.env.PORT), '127.0.0.1');
}
