'use strict';
// --env-file: variables from a file; what the program was started with has the last word.
const { spawnSync } = require('child_process');
const path = require('path');

const file = (name) => path.join(__dirname, name);
function run(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words, '-p', 'process.env.A + process.env.B + process.env.C'], {
    env: { ...process.env, C: '3' }, encoding: 'utf8',
  });
  console.log(status, stdout.trim(), stderr.replace(__dirname, '').split('\n')[0].replace(/^.*: (?=\/)/, ''));
}
run(`--env-file=${file('one.env')}`);
run('--env-file', file('one.env'), '--env-file', file('two.env'));
run('--env-file', file('none.env'));
run('--env-file-if-exists', file('none.env'));
