// Messages sent right before the end of a process arrive, however it ends.
const { fork } = require('child_process');

if (process.argv[2] === 'exit') {
  for (let i = 0; i < 1000; i++) process.send(i);
  process.exit(7);
} else if (process.argv[2] === 'throw') {
  for (let i = 0; i < 1000; i++) process.send(i);
  process.on('exit', () => process.send('from exit'));
  process.stderr.write = () => true;
  process.exit(8);
} else if (process.argv[2] === 'natural') {
  process.send('x'.repeat(2_000_000));
  for (let i = 0; i < 1000; i++) process.send(i);
} else if (process.argv[2] === 'disconnect') {
  process.send('x'.repeat(2_000_000));
  process.disconnect();
} else {
  (async () => {
    for (const way of ['exit', 'throw', 'natural', 'disconnect']) {
      const child = fork(__filename, [way]);
      let count = 0;
      let last;
      child.on('message', (message) => {
        count++;
        last = message;
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      console.log(way, code, count, typeof last === 'string' && last.length > 20 ? last.length : last);
    }
  })();
}
