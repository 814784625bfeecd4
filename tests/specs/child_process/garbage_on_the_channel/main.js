// A child that writes nonsense to its channel loses the channel, and nothing else happens.
const { spawn } = require('child_process');

const run = (serialization, text) => new Promise((resolve) => {
  const child = spawn('sh', ['-c', `printf '${text}' >&3; exec sleep 100`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization,
  });
  child.on('message', (message) => console.log('message', message));
  child.on('error', (err) => console.log(serialization, err.code));
  child.on('disconnect', () => {
    console.log('disconnect', child.connected);
    child.kill('SIGKILL');
  });
  child.on('close', resolve);
});

(async () => {
  await run('json', '{"good":1}\\n{"half":\\n');
  await run('json', '\\377\\376\\n');
  await run('advanced', '\\377\\377\\377\\377\\377');
  await run('advanced', '\\000\\000\\000\\003abc');
  await run('advanced', '\\000\\000\\000\\004\\377\\017o\\042');
})();
