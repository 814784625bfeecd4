// Messages far beyond any buffer, both ways and in both formats.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message, () => process.disconnect()));
} else {
  const run = (serialization, message) => new Promise((resolve) => {
    const child = fork(__filename, ['child'], { serialization });
    child.on('message', (echo) => {
      const same = typeof message === 'string' ? echo === message : Buffer.compare(echo, message) === 0;
      console.log(serialization, echo.length, same);
    });
    child.on('close', resolve);
    child.send(message);
  });
  (async () => {
    await run('json', 'a'.repeat(20_000_000));
    await run('json', '\u65e5'.repeat(3_000_000));
    await run('advanced', 'a'.repeat(20_000_000));
    await run('advanced', Buffer.alloc(20_000_000, 'abc'));
  })();
}
