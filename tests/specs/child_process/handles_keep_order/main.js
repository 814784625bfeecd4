// Messages keep their order around handles, which are acknowledged one by one.
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  const seen = [];
  process.on('message', (message, handle) => {
    seen.push(handle === undefined ? message : `${message}+${handle.constructor.name}`);
    handle?.close?.();
    if (message === 'end') {
      process.send(seen.join(' '));
      process.disconnect();
    }
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const taken = [child.send('a'), child.send('b', server._handle), child.send('c'), child.send('d', server._handle)];
    console.log(taken.join(' '));
    for (let i = 0; i < 5; i++) child.send(`e${i}`, i % 2 ? server._handle : undefined);
    child.send('end', () => server.close());
  });
  child.on('message', (message) => console.log(message.replaceAll('TCP', 'Tcp')));
}
