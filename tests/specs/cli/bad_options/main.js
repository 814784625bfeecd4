'use strict';
// A command line that makes no sense: one line, the usage, exit code 9.
const { spawnSync } = require('child_process');

function rtjs(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(`${args.join(' ')} -> ${status}`);
  if (stdout) console.log(stdout.replaceAll(process.cwd(), '.').trimEnd());
  if (stderr) console.log(stderr.replaceAll(process.cwd(), '.').trimEnd());
}

rtjs(['--no-such-option']);
rtjs(['-e']);
rtjs(['--title']);
rtjs(['--input-type=x', '-e', '1']);
rtjs(['--check', '-e', '1']);
rtjs(['x.js'], { env: { ...process.env, NODE_OPTIONS: '--eval=1' } });
