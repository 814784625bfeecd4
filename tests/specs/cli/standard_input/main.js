'use strict';
// A script on standard input.
const { spawnSync } = require('child_process');

function rtjs(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(`${args.join(' ')} -> ${status}`);
  if (stdout) console.log(stdout.replaceAll(process.cwd(), '.').trimEnd());
  if (stderr) console.log(stderr.replaceAll(process.cwd(), '.').trimEnd());
}

rtjs([], { input: 'console.log(__filename, process.argv.length)' });
rtjs(['-', 'a'], { input: 'console.log(process.argv.slice(1))' });
rtjs(['-p'], { input: '6 * 7' });
rtjs(['--input-type=module'], { input: 'import { sep } from "path"; console.log(sep)' });
rtjs(['--check'], { input: 'console.log(1)' });
