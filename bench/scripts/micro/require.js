'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { bench, run } = require('./harness');

const COUNT = 200;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-require-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
for (let i = 0; i < COUNT; i++) {
  const pack = path.join(folder, 'node_modules', `pack${i}`);
  fs.mkdirSync(pack, { recursive: true });
  fs.writeFileSync(path.join(pack, 'package.json'), JSON.stringify({ name: `pack${i}`, version: '1.0.0', main: 'index.js' }));
  fs.writeFileSync(path.join(pack, 'index.js'), `'use strict';\nexports.number = ${i};\nexports.double = (n) => n * 2;\n`);
  fs.writeFileSync(path.join(folder, `file${i}.js`), `'use strict';\nexports.number = ${i};\nexports.double = (n) => n * 2;\n`);
}
fs.writeFileSync(path.join(folder, 'entry.js'), 'module.exports = require;');
const inside = require(path.join(folder, 'entry.js'));

function forget() {
  for (const name of Object.keys(require.cache)) {
    if (name.startsWith(folder)) delete require.cache[name];
  }
}
bench(`require of ${COUNT} files`, (n) => {
  for (let turn = 0; turn < n; turn++) {
    forget();
    for (let i = 0; i < COUNT; i++) inside(`./file${i}`);
  }
});
bench(`require of ${COUNT} packages`, (n) => {
  for (let turn = 0; turn < n; turn++) {
    forget();
    for (let i = 0; i < COUNT; i++) inside(`pack${i}`);
  }
});
bench('require of what is loaded', (n) => {
  for (let i = 0; i < n; i++) inside('./file1');
});
run();
