// Whole files: written, appended to and read back, at once, with a callback and with a promise.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'a.txt');

fs.writeFileSync(file, 'grüße\n');
fs.appendFileSync(file, Buffer.from('zwei\n'));
console.log(JSON.stringify(fs.readFileSync(file, 'utf8')));
console.log(fs.readFileSync(file).length, fs.readFileSync(file, 'latin1').length, fs.readFileSync(file, { encoding: 'hex' }).slice(0, 8));

fs.writeFile(file, '00ff', 'hex', (err) => {
  console.log(err, fs.readFileSync(file));
  fs.readFile(file, { encoding: 'base64' }, async (err, text) => {
    console.log(err, text);
    await fs.promises.writeFile(file, (function* () { yield 'a'; yield Buffer.from('b'); })());
    await fs.promises.appendFile(file, 'c');
    console.log(await fs.promises.readFile(file, 'utf8'));
    fs.rmSync(dir, { recursive: true });
  });
});
