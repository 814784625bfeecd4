// Several processes append to one file: every line stays whole.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

if (process.argv[2] === 'child') {
  const [file, letter] = process.argv.slice(3);
  const stream = fs.createWriteStream(file, { flags: 'a' });
  const line = `${letter.repeat(5000)}\n`;
  for (let i = 0; i < 50; i++) stream.write(line);
  stream.end();
  for (let i = 0; i < 50; i++) fs.appendFileSync(file, line);
  return;
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'log');
const letters = ['a', 'b', 'c'];
let left = letters.length;
for (const letter of letters) {
  spawn(process.execPath, [__filename, 'child', file, letter], { stdio: 'inherit' }).on('exit', () => {
    if (--left > 0) return;
    const lines = fs.readFileSync(file, 'latin1').split('\n');
    const whole = /^(a{5000}|b{5000}|c{5000})$/;
    console.log(lines.length - 1, lines.slice(0, -1).reduce((sum, line) => sum + line.length, 0));
    // A stream may write several lines with one call, but never part of one.
    console.log(lines.slice(0, -1).every((line) => whole.test(line)));
    fs.rmSync(dir, { recursive: true });
  });
}
