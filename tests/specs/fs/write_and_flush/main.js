'use strict';
// Writing with a flush creates the file as writing without does.
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flush-'));
const name = path.join(folder, 'file');
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
fs.writeFileSync(name, 'one', { flush: true });
console.log(fs.readFileSync(name, 'utf8'));
fs.writeFile(name, 'two', { flush: true }, (err) => {
  console.log(err, fs.readFileSync(name, 'utf8'));
});
