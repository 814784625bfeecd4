// Every form of `stdio`, and descriptors beyond the first three.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const read = (stream) => new Promise((resolve) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (t) => { text += t; }).on('end', () => resolve(text));
});
const closed = (child) => new Promise((resolve) => child.on('close', resolve));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stdio-'));
const file = path.join(folder, 'out');

(async () => {
  let child = spawn('sh', ['-c', 'echo three >&3; echo four >&4; cat <&5'],
                    { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe', 'pipe'] });
  console.log(child.stdin, child.stdout, child.stderr, child.stdio.map((s) => s === null));
  const texts = [read(child.stdio[3]), read(child.stdio[4])];
  child.stdio[5].end();
  console.log(await Promise.all(texts), await closed(child));

  // A descriptor number and a stream that has one.
  const fd = fs.openSync(file, 'w');
  await closed(spawn('sh', ['-c', 'echo by number'], { stdio: ['ignore', fd, 'ignore'] }));
  const stream = fs.createWriteStream(null, { fd, autoClose: false });
  await closed(spawn('sh', ['-c', 'echo by stream'], { stdio: ['ignore', stream, 'ignore'] }));
  fs.closeSync(fd);
  console.log(fs.readFileSync(file, 'utf8'));

  // 'ignore' is /dev/null for the first three, and nothing at all for others.
  child = spawn('sh', ['-c', 'readlink /proc/$$/fd/0; ls /proc/$$/fd | wc -l'], { stdio: ['ignore', 'pipe', 'ignore', 'ignore'] });
  console.log((await read(child.stdout)).split('\n')[0]);

  // The pipe of one child is the input of another.
  const first = spawn('sh', ['-c', 'echo from first to second'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const second = spawn('tr', ['a-z', 'A-Z'], { stdio: [first.stdout, 'pipe', 'ignore'] });
  console.log(await read(second.stdout));

  // Inherited: straight to this program's own output.
  await closed(spawn('sh', ['-c', 'echo inherited'], { stdio: 'inherit' }));
  await closed(spawn('sh', ['-c', 'echo inherited too'], { stdio: [0, 1, 2] }));
  fs.rmSync(folder, { recursive: true });
})();
