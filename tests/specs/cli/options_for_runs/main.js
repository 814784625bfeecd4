'use strict';
// Options that change how a program runs.
const { spawnSync } = require('child_process');
const path = require('path');

function run(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: __dirname, encoding: 'utf8' });
  const text = `${stdout}${stderr}`.replace(/^\(node:\d+\)/m, '(node)').replaceAll(/\n +at .*/g, '').trim().split('\n');
  console.log(status, text.find((line) => line.includes('Error')) ?? text[0]);
}
run('--trace-exit', '-e', 'process.exit(3)');
run('--disable-proto=delete', '-p', '"__proto__" in {}');
run('--disable-proto=throw', '-e', '({}).__proto__');
run('--disable-proto=other', '-p', '1');
run('--input-type=module', 'entry.mjs');
run('--no-warnings', '--entry-url', 'entry.mjs?query#hash');
run('--input-type=module', '-p', '1');
run('--enable-source-maps', '-p', 'process.sourceMapsEnabled');
run('-p', 'process.sourceMapsEnabled');
run('--no-experimental-require-module', '-p', 'process.features.require_module');
