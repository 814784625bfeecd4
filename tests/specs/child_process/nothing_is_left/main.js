// Many children later, this process has no descriptors and no zombies of theirs.
const { fork, spawn } = require('child_process');
const fs = require('fs');

if (process.argv[2] === 'child') {
  process.send('x');
  process.disconnect();
} else {
  const descriptors = () => fs.readdirSync('/proc/self/fd').length;
  const closed = (child) => new Promise((resolve) => child.on('close', resolve).on('error', () => {}));
  const round = () => Promise.all([
    closed(spawn('true')),
    closed(spawn('sh', ['-c', 'kill -9 $$'])),
    closed(spawn('no-such-program')),
    closed(fork(__filename, ['child'])),
  ]);
  (async () => {
    await round();
    const before = descriptors();
    for (let i = 0; i < 5; i++) await round();
    console.log(descriptors() - before);
    const zombies = fs.readdirSync('/proc').filter((pid) => {
      try {
        const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z' && Number(parent) === process.pid;
      } catch {
        return false;
      }
    });
    console.log(zombies.length);
  })();
}
