'use strict';
// When there are no descriptors left for those who come, the server stays, and serves again when there are.
const { spawn } = require('child_process');
const net = require('net');

if (process.argv[2] !== 'server') {
  const server = spawn('sh', ['-c', 'ulimit -n 64; exec "$0" "$1" server', process.execPath, __filename], { stdio: ['ignore', 'pipe', 'inherit'] });
  server.stdout.setEncoding('utf8');
  server.stdout.once('data', (port) => {
    const open = [];
    let closed = 0;
    for (let i = 0; i < 80; i++) {
      const socket = net.connect(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      // Those that are not served are ended, or wait until others have gone.
      socket.once('data', () => open.push(socket));
      socket.on('close', () => closed++);
    }
    const more = () => {
      if (open.length < 20) {
        setImmediate(more);
        return;
      }
      for (const socket of open) socket.destroy();
      again(Number(port), () => server.kill());
    };
    more();
  });
  server.on('exit', (code, signal) => {
    console.log('server:', code, signal);
    process.exit();
  });
} else {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write('hello');
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}`));
}

// Until one is served.
function again(port, done) {
  const socket = net.connect(port, '127.0.0.1');
  let served = false;
  socket.on('error', () => {});
  socket.once('data', (data) => {
    served = true;
    console.log('served again:', `${data}`);
    socket.destroy();
    done();
  });
  socket.on('close', () => {
    if (!served) setImmediate(again, port, done);
  });
}
