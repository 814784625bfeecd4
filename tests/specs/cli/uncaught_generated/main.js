'use strict';
// Code that was made by eval() and the like is shown, though it has no file.
const { spawnSync } = require('child_process');

for (const code of ['eval("let x = 1;\\nfoo bar")', 'eval("throw new Error(1)")', 'JSON.parse("{bad")']) {
  const { stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  console.log(stderr.split('\n').slice(0, 5).join('\n'));
}
