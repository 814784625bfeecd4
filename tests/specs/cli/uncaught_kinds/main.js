'use strict';
// What an uncaught error of each kind leaves on standard error, without the frames.
const { spawnSync } = require('child_process');
const path = require('path');

function show(name, ...options) {
  const { status, stderr } = spawnSync(process.execPath, [...options, path.join('lib', name)], { cwd: __dirname, encoding: 'utf8' });
  const text = stderr.replaceAll(__dirname, '.').replaceAll(/\n +at .*(?=\n)/g, '').replaceAll(/\{(?=\n)/g, '')
    .replace(/\(node:\d+\)/, '(node)').replace(/\.\.\. \d+ lines/, '... lines');
  console.log(`--- ${name} ${status}\n${text.replace(/\n+Node\.js v.*\n+/, '')}`);
}
show('cause.js');
show('aggregate.js');
show('syntax.js');
show('syntax.mjs');
show('requires_syntax.js');
show('no_export.mjs');
show('no_named_export.mjs');
show('import_in_cjs.cjs');
show('rejects_nothing.mjs');
