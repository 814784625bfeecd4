// What workers listen on together: any port is the same for all of one call, another call gets another; a path; what is exclusive is each one's own.
const cluster = require('cluster');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const file = path.join(os.tmpdir(), `rtjs-spec-${process.env.SPEC_ID ?? process.pid}.sock`);

if (cluster.isWorker) {
  const listen = (...args) => new Promise((resolve) => {
    const server = net.createServer((socket) => socket.end('x'));
    server.listen(...args, () => {
      resolve(server.address());
      // Nobody else would close it.
      if (args[0].exclusive) server.close();
    });
  });
  (async () => {
    process.send({
      first: (await listen(0, '127.0.0.1')).port,
      second: (await listen(0, '127.0.0.1')).port,
      exclusive: (await listen({ port: 0, host: '127.0.0.1', exclusive: true })).port,
      path: await listen(file),
    });
  })();
} else {
  const told = [];
  cluster.on('message', (worker, message) => {
    told.push(message);
    if (told.length !== 2) return;
    const [a, b] = told;
    console.log('first', a.first === b.first, 'second', a.second === b.second, 'differ', a.first !== a.second);
    console.log('exclusive', a.exclusive !== b.exclusive);
    console.log('path', a.path === file, b.path === file);
    net.connect(file).on('data', (text) => {
      console.log('served', String(text));
      cluster.disconnect(() => console.log('file is left', fs.existsSync(file)));
    });
  });
  cluster.fork({ SPEC_ID: process.pid });
  cluster.fork({ SPEC_ID: process.pid });
}
