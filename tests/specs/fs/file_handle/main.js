// FileHandle: reading and writing pieces, streams, lines of iterables, and an end that waits for its users.
const fs = require('fs');
const { open } = require('fs/promises');
const os = require('os');
const path = require('path');

(async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
  const file = path.join(dir, 'f');

  const handle = await open(file, 'w+');
  console.log((await handle.write('hello')).bytesWritten, (await handle.writev([Buffer.from(' '), Buffer.from('world')])).bytesWritten);
  const { bytesRead, buffer } = await handle.read({ position: 0, length: 5 });
  console.log(bytesRead, buffer.toString('latin1', 0, 5), buffer.length);
  await handle.truncate(4);
  await handle.utimes(10, 20);
  const { size, mtimeMs } = await handle.stat();
  console.log(size, mtimeMs);
  handle.on('close', () => console.log('close'));
  await handle.close();
  await handle.read(Buffer.alloc(1)).catch((err) => console.log(err.code, err.message, err.syscall));

  const source = await open(file);
  let text = '';
  for await (const chunk of source.createReadStream({ encoding: 'utf8' })) text += chunk;
  console.log(text, source.fd);

  const busy = await open(file, 'r+');
  const reading = busy.readFile('utf8');
  const closing = busy.close();
  console.log(await reading, busy.fd);
  await closing;
  fs.rmSync(dir, { recursive: true });
})();
