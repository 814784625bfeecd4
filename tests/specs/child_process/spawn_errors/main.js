// A program that cannot be started is an 'error' event with Node's properties, never an exception.
const { spawn } = require('child_process');

function show(title, child) {
  return new Promise((resolve) => {
    child.on('error', (err) => {
      const { code, errno, syscall, path, spawnargs } = err;
      console.log(title, err.message, { code, errno, syscall, path, spawnargs: spawnargs.length }, child.pid);
    });
    child.on('exit', () => console.log('unexpected exit'));
    child.on('close', (code, signal) => {
      console.log('close', code, signal);
      resolve();
    });
  });
}

(async () => {
  await show('missing', spawn('no-such-program', ['a', 'b']));
  await show('folder', spawn('/etc'));
  await show('not executable', spawn('/etc/passwd'));
  await show('cwd', spawn('ls', { cwd: '/no/such/folder' }));
  try {
    spawn('sh', ['x'.repeat(1 << 21)]);
  } catch (err) {
    console.log(err.message, err.code, err.errno, err.syscall);
  }
})();
