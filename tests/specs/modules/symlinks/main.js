'use strict';
// A module is known by the name of the file that links lead to.
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-symlinks-'));
fs.writeFileSync(path.join(folder, 'real.js'), 'module.exports = __filename;');
fs.symlinkSync('real.js', path.join(folder, 'link.js'));
console.log(path.basename(require(path.join(folder, 'link.js'))));
console.log(require(path.join(folder, 'link')) === require(path.join(folder, 'real')));
fs.rmSync(folder, { recursive: true });
