// Arguments of the wrong kind are refused with Node's codes and words, before anything is started.
const cp = require('child_process');

const attempts = {
  'file type': () => cp.spawn(1),
  'empty file': () => cp.spawn(''),
  'nul in file': () => cp.spawn('a\0b'),
  'args type': () => cp.spawn('ls', 'args'),
  'nul in args': () => cp.spawn('ls', ['a', 'b\0c']),
  'options type': () => cp.spawn('ls', [], 'x'),
  'cwd type': () => cp.spawn('ls', { cwd: 1 }),
  'detached': () => cp.spawn('ls', { detached: 'yes' }),
  'uid': () => cp.spawn('ls', { uid: 'root' }),
  'uid range': () => cp.spawn('ls', { uid: 2 ** 40 }),
  'shell': () => cp.spawn('ls', { shell: 1 }),
  'argv0': () => cp.spawn('ls', { argv0: 1 }),
  'stdio word': () => cp.spawn('ls', { stdio: 'pipes' }),
  'stdio entry': () => cp.spawn('ls', { stdio: [{}] }),
  'two channels': () => cp.spawn('ls', { stdio: ['ipc', 'ipc'] }),
  'serialization': () => cp.spawn('ls', { serialization: 'xml' }),
  'kill signal': () => cp.spawn('ls', { killSignal: 'SIGX' }),
  'fork without channel': () => cp.fork('x.js', { stdio: ['pipe'] }),
  'fork path': () => cp.fork(),
  'fork args': () => cp.fork('x.js', 'args'),
  'exec command': () => cp.exec(1),
  'max buffer': () => cp.execFile('ls', { maxBuffer: -1 }),
  'sync channel': () => cp.spawnSync('ls', { stdio: 'ipc' }),
  'sync channel entry': () => cp.spawnSync('ls', { stdio: ['ipc'] }),
  'sync input': () => cp.spawnSync('ls', { input: 1 }),
  'direct options': () => new cp.ChildProcess().spawn(),
  'direct file': () => new cp.ChildProcess().spawn({}),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    attempt();
    console.log(name, 'was taken');
  } catch (err) {
    console.log(name, '|', err.name, err.code, '|', err.message.split('\n')[0]);
  }
}
const child = cp.spawn('sleep', ['9']);
try {
  child.kill('SIGNOPE');
} catch (err) {
  console.log(err.name, err.code, err.message);
}
child.kill('SIGKILL');
