// Standard output on a file and on a pipe: written when write() returns, in order, whatever the process does next.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

if (process.argv[2] === 'child') {
  const { _type, fd, isTTY, writable, readable } = process.stdout;
  console.log(_type, fd, isTTY, writable, readable, process.stdout === process.stdout);
  console.log(process.stdout.write('ü\n'), process.stdout.write(Buffer.from('bytes\n')), process.stdout.write('6162630a', 'hex'));
  process.stdout.cork();
  process.stdout.write('corked\n');
  process.stdout.uncork();
  process.stdout.write('last\n', () => console.log('written'));
  process.stdout.write('x'.repeat(200000));
  process.stdout.write('\n');
  setImmediate(() => process.exit(3));
  return;
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'out');
const args = [__filename, 'child'];
const out = fs.openSync(file, 'w');
for (const stdout of ['pipe', out]) {
  const child = spawnSync(process.execPath, args, { stdio: ['ignore', stdout, 'inherit'] });
  const text = stdout === 'pipe' ? child.stdout.toString() : fs.readFileSync(file, 'utf8');
  console.log(text.replace(/x{200000}/, 'x...'), child.status);
}
fs.rmSync(dir, { recursive: true });
