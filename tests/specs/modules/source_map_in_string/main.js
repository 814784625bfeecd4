'use strict';
// A comment that names a source map is one only outside of strings.
const { spawnSync } = require('child_process');
const path = require('path');

for (const name of ['in_string.cjs', 'in_string.mjs', 'in_comment.cjs', 'in_comment.mjs']) {
  const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', path.join(__dirname, name)], { encoding: 'utf8' });
  console.log(name, /at .*\/(\w+\.\w+:\d+):\d+\)?$/m.exec(stderr)[1]);
}
