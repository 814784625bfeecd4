// exec() and execFile(): what they collect, and how they fail.
const { exec, execFile } = require('child_process');
const { promisify } = require('util');

(async () => {
  console.log(await promisify(exec)('echo out; echo err >&2'));
  console.log(await promisify(execFile)('printf', ['%s', 'a b'], { encoding: 'buffer' }));

  const failed = await promisify(exec)('echo some; echo why >&2; exit 4').catch((err) => err);
  console.log(failed.message, failed.code, failed.killed, failed.signal, failed.cmd, failed.stdout, failed.stderr);

  const missing = await promisify(execFile)('no-such-program', ['x']).catch((err) => err);
  console.log(missing.message, missing.code, missing.cmd, missing.path, missing.spawnargs);

  await new Promise((resolve) => execFile('echo', ['0123456789'], { maxBuffer: 4 }, (err, stdout) => {
    console.log(err.code, err.message, stdout);
    resolve();
  }));
  await new Promise((resolve) => exec('echo 0123456789 >&2', { maxBuffer: 4, encoding: 'buffer' }, (err, stdout, stderr) => {
    console.log(err.code, err.message, stdout, stderr);
    resolve();
  }));
  await new Promise((resolve) => exec('kill -9 $$', (err) => {
    console.log(err.code, err.signal, err.killed);
    resolve();
  }));
  const promise = promisify(execFile)('true');
  console.log(typeof promise.child.pid);
  await promise;
})();
