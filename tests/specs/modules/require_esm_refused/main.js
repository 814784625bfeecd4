'use strict';
// Why require() refuses an ES module, and what to do instead.
const { spawnSync } = require('child_process');

function run(file, ...options) {
  const { stderr } = spawnSync(process.execPath, [...options, '-e', `require(${JSON.stringify(file)})`], { cwd: __dirname, encoding: 'utf8' });
  const lines = stderr.replaceAll(__dirname, '.').split('\n');
  console.log(lines.filter((line) => line !== '' && !/^ +at |^Node|^\{|^ +code|^\}/.test(line)).join('\n'));
}
run('./awaits.mjs');
run('./plain.mjs', '--no-experimental-require-module');
run('./typed/esm.js', '--no-experimental-require-module');
run('./typed/cjs.js', '--no-experimental-require-module');
