'use strict';
// --abort-on-uncaught-exception: a core for the debugger instead of an exit code, but only when nobody catches the exception.
const { spawnSync } = require('child_process');

function run(code) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--abort-on-uncaught-exception', '-e', code], { encoding: 'utf8' });
  console.log(status, signal, stdout.trim(), stderr.includes('Error: on purpose'));
}
run('throw new Error("on purpose")');
run('try { throw new Error("on purpose") } catch { console.log("caught") }');
run('process.setUncaughtExceptionCaptureCallback((e) => console.log("captured", e.message)); throw new Error("on purpose")');
