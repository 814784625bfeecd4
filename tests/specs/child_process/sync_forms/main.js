// spawnSync(), execFileSync() and execSync(): input, output, failures, limits.
const { execFileSync, execSync, spawnSync } = require('child_process');

const { pid, ...rest } = spawnSync('sh', ['-c', 'cat; echo err >&2; exit 5'], { input: 'given', encoding: 'utf8' });
console.log(typeof pid, rest);
console.log(spawnSync('cat', { input: new Uint8Array([104, 105]) }).stdout);
console.log(spawnSync('sh', ['-c', 'kill -TERM $$']).signal);
console.log(spawnSync('cat', { stdio: ['ignore', 'pipe', 'ignore'] }).output);
console.log(spawnSync('sh', ['-c', 'echo five >&5'], { stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'pipe'] }).output[5]);
spawnSync('sh', ['-c', 'echo inherited'], { stdio: 'inherit' });

const missing = spawnSync('no-such-program', ['x']);
console.log(missing.error.message, missing.error.code, missing.error.path, missing.error.spawnargs, missing.status, missing.output, missing.pid);
const slow = spawnSync('sleep', ['100'], { timeout: 20, killSignal: 'SIGKILL' });
console.log(slow.error.code, slow.signal, slow.status);
const much = spawnSync('sh', ['-c', 'yes | head -c 100000; exec sleep 100'], { maxBuffer: 1000 });
console.log(much.error.code, much.signal, much.stdout.length > 1000);

// More than fits into the pipes, both ways at once.
const big = Buffer.alloc(3 << 20, 'abc');
console.log(spawnSync('cat', { input: big, maxBuffer: Infinity }).stdout.equals(big));

console.log(execSync('echo $((6 * 7))', { encoding: 'utf8' }));
console.log(execFileSync('echo', ['file']).toString());
for (const run of [() => execSync('echo o; echo e >&2; exit 6', { stdio: 'pipe' }), () => execFileSync('false', ['x'])]) {
  try {
    run();
  } catch (err) {
    console.log(err.message, err.status, err.signal, String(err.stdout), String(err.stderr));
  }
}
