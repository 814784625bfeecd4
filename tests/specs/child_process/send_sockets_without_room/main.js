// Many sockets are handed over at a time to a child with room for a few descriptors: each arrives in the end.
const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');

const COUNT = 100;

if (process.argv[2] === 'child') {
  const room = [];
  try {
    for (;;) room.push(fs.openSync('/dev/null'));
  } catch {
    for (let i = 0; i < 5; i++) fs.closeSync(room.pop());
  }
  let got = 0;
  process.on('message', (message, socket) => {
    if (!socket) return;
    socket.end('x');
    if (++got === COUNT) process.send(got, () => process.disconnect());
  });
  process.send('ready');
} else {
  const child = spawn('sh', ['-c', 'ulimit -n 64; exec "$0" "$1" child', process.execPath, __filename], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('take this', socket));
  child.on('message', (message) => {
    if (message === 'ready') {
      server.listen(0, '127.0.0.1', () => {
        for (let i = 0; i < COUNT; i++) net.connect(server.address().port, '127.0.0.1').resume();
      });
    } else {
      console.log('arrived:', message);
      server.close();
    }
  });
}
