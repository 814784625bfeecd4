// Output, exit code and signal arrive in Node's order; 'close' comes last.
const { spawn } = require('child_process');

const child = spawn('sh', ['-c', 'echo out; echo err >&2; exit 3']);
child.on('spawn', () => console.log('spawn', typeof child.pid, child.spawnfile, child.spawnargs));
let out = '';
let err = '';
child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
child.on('close', (code, signal) => {
  console.log('close', code, signal, [out, err], child.exitCode, child.signalCode, child.killed);
  killed();
});

function killed() {
  const child = spawn('sleep', ['100']);
  child.on('exit', (code, signal) => {
    console.log('exit', code, signal, child.exitCode, child.signalCode, child.killed);
    console.log('again', child.kill());
    echo();
  });
  console.log('kill', child.kill('SIGINT'));
}

function echo() {
  const child = spawn('cat');
  child.stdout.on('data', (data) => console.log('data', data));
  child.on('close', (code) => console.log('close', code));
  child.stdin.end('through cat');
}
