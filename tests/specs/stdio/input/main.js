// process.stdin on a pipe, a file and nothing: data, its end, and that nobody waits for it who does not read.
const { spawnSync } = require('child_process');
const fs = require('fs');

const children = {
  async echo() {
    process.stdin.setEncoding('utf8');
    for await (const text of process.stdin) process.stdout.write(text.toUpperCase());
    console.log('end', process.stdin.fd);
  },
  untouched() {
    process.stdin.on('end', () => console.log('not reached'));
    console.log('looked at', process.stdin.readable, process.stdin.isTTY);
  },
  paused() {
    process.stdin.once('data', (data) => {
      console.log('got', data.length > 0);
      process.stdin.pause();
    });
  },
};
if (process.argv[2]) return children[process.argv[2]]();

const run = (name, stdin, input) => {
  const { stdout, status } = spawnSync(process.execPath, [__filename, name], { input, stdio: [stdin, 'pipe', 'inherit'] });
  console.log(name, status, JSON.stringify(stdout.toString()));
};
run('echo', 'pipe', 'from a pipe\n');
run('echo', 'ignore');
const file = fs.openSync(__filename);
fs.readSync(file, Buffer.alloc(3));
run('untouched', file);
run('paused', 'pipe', 'x'.repeat(300000));
run('untouched', 'pipe', 'some');
