// A run whose reader has gone ends.
const { spawn } = require('child_process');

if (process.argv[2] === 'run') {
  const { test } = require('node:test');
  for (let i = 0; i < 50; i++) {
    test(`number ${i}`, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      console.log('x'.repeat(10_000));
    });
  }
} else {
  const child = spawn(process.execPath, [__filename, 'run'], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.stdout.destroy());
  child.on('exit', (code, signal) => console.log('has ended', signal));
}
