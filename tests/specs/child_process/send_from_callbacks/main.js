// Each message is sent when the one before is written, in sizes around those of the buffers below.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  let left = 300;
  (function next() {
    if (left-- > 0) process.send('x'.repeat(65_000 + (left % 7) * 200), next);
    else process.disconnect();
  })();
} else {
  const run = (serialization) => new Promise((resolve) => {
    let count = 0;
    fork(__filename, ['child'], { serialization })
      .on('message', () => count++)
      .on('close', (code) => resolve(console.log(serialization, count, code)));
  });
  run('json').then(() => run('advanced'));
}
