// timeout, killSignal and AbortSignal end a child.
const { execFile, spawn } = require('child_process');

const ended = (child) => new Promise((resolve) => child.on('exit', (code, signal) => resolve([code, signal])));
const never = ['-c', 'exec sleep 100'];

(async () => {
  console.log(await ended(spawn('sh', never, { timeout: 20 })));
  console.log(await ended(spawn('sh', never, { timeout: 20, killSignal: 'SIGKILL' })));

  const controller = new AbortController();
  const aborted = spawn('sh', never, { signal: controller.signal, killSignal: 'SIGINT' });
  aborted.on('error', (err) => console.log(err.name, err.code, err.message, err.cause));
  const exit = ended(aborted);
  controller.abort('enough');
  console.log(await exit, aborted.killed);

  const early = spawn('sh', never, { signal: AbortSignal.abort('too late') });
  early.on('error', (err) => console.log(err.name, err.cause));
  console.log(await ended(early));

  execFile('sh', never, { timeout: 20 }, (err) => console.log(err.killed, err.signal, err.code));
})();
