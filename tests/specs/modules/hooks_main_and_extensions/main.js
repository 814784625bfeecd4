'use strict';
// Hooks that --import brings decide about the main file, too, whatever its name; what one hook says of a format holds for the next; a loader that a
// program has put into Module._extensions is not theirs.
const { spawnSync } = require('child_process');
const path = require('path');

const { stdout, stderr } = spawnSync(process.execPath, ['--import', './hooks.mjs', path.join(__dirname, 'program.lang')], {
  cwd: __dirname, encoding: 'utf8',
});
process.stdout.write(stdout + stderr);
