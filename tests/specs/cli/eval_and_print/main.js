'use strict';
// Code from the command line: a script with the names of a CommonJS module, and built-ins as globals.
const { spawnSync } = require('child_process');

function rtjs(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(`${args.join(' ')} -> ${status}`);
  if (stdout) console.log(stdout.replaceAll(process.cwd(), '.').trimEnd());
  if (stderr) console.log(stderr.replaceAll(process.cwd(), '.').trimEnd());
}

rtjs(['-p', '1 + 1']);
rtjs(['-pe', '({ a: [1] })']);
rtjs(['-e', 'console.log(__filename, __dirname, module.id, typeof require, typeof path.join)']);
rtjs(['-p', 'process.argv.slice(1)', 'x', '--y']);
rtjs(['-e', 'var a = 1; let b = 2; process.exitCode = 3']);
rtjs(['-e', 'import fs from "fs"; console.log(typeof fs.readFileSync, import.meta.filename)']);
rtjs(['--input-type=module', '-e', 'console.log(await 4)']);
rtjs(['--input-type=module', '-p', '1'], { stdio: ['ignore', 'pipe', 'ignore'] });
