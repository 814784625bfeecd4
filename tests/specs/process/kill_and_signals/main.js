'use strict';
// A listener for a signal replaces its effect; without one it has its effect again.
process.on('SIGUSR2', (name, number) => {
  console.log(name, number);
  process.removeAllListeners('SIGUSR2');
  clearInterval(alive);
});
const alive = setInterval(() => {}, 1000);
console.log(process.kill(process.pid, 0), process.kill(process.pid, 'SIGUSR2'));
for (const kill of [() => process.kill('x'), () => process.kill(process.pid, 'SIGNOT'), () => process.kill(process.pid, 987),
                    () => process.on('SIGKILL', () => {})]) {
  try {
    kill();
  } catch (err) {
    console.log(err.code, err.syscall, err.message);
  }
}
