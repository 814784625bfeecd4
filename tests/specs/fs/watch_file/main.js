// fs.watchFile: a file that is not there, that comes, that changes.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'f');
const steps = [
  (now, before) => {
    console.log('missing', now.mtimeMs, before.mtimeMs);
    fs.writeFileSync(file, 'a');
  },
  (now, before) => {
    console.log('made', now.size, before.ino);
    fs.appendFileSync(file, 'bc');
  },
  (now, before) => {
    console.log('changed', now.size, before.size);
    fs.unwatchFile(file);
    fs.rmSync(dir, { recursive: true });
  },
];
fs.watchFile(file, { interval: 5 }, (now, before) => steps.shift()(now, before)).on('stop', () => console.log('stop'));
