'use strict';
// A script that is not there.
const { spawnSync } = require('child_process');

function rtjs(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(`${args.join(' ')} -> ${status}`);
  if (stdout) console.log(stdout.replaceAll(process.cwd(), '.').trimEnd());
  console.log(stderr.replaceAll(process.cwd(), '.').replaceAll(/^    at .*\n/gm, '').trimEnd());
}

rtjs(['absent.js']);
rtjs(['--check', 'absent.js']);
