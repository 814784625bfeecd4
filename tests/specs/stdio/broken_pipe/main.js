// Nobody reads any more: an error event with EPIPE, no signal.
const { spawn } = require('child_process');

if (process.argv[2] === 'child') {
  process.stdout.on('error', ({ code, syscall, errno, message }) => {
    process.stderr.write(`${code} ${syscall} ${errno} ${message}\n`, () => process.exit(7));
  });
  process.stdin.on('end', () => {
    console.log('nobody reads this');
    process.stdout.write('nor this');
  }).resume();
  return;
}

const child = spawn(process.execPath, [__filename, 'child'], { stdio: 'pipe' });
child.stderr.on('data', (text) => console.log(String(text).trim()));
child.stdout.destroy();
child.stdout.on('close', () => child.stdin.end());
child.on('close', (code) => console.log(code));
