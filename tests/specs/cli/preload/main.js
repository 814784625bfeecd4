'use strict';
// Modules that are loaded before the program, and what NODE_OPTIONS adds.
const { spawnSync } = require('child_process');

function rtjs(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(`${args.join(' ')} -> ${status}`);
  if (stdout) console.log(stdout.replaceAll(process.cwd(), '.').trimEnd());
  if (stderr) console.log(stderr.replaceAll(process.cwd(), '.').trimEnd());
}

rtjs(['-r', './first.js', '--require=./second.js', '-p', 'globalThis.loaded']);
rtjs(['--import', './third.mjs', 'script.js']);
rtjs(['-p', 'globalThis.loaded'], { env: { ...process.env, NODE_OPTIONS: '-r ./first.js' } });
rtjs(['-p', 'process.execArgv'], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } });
rtjs(['-C', 'special', '-p', 'require("conditional")']);
