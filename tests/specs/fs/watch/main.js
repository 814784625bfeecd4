// fs.watch: a directory, a whole tree with what is made in it later, and an async iterator that a signal ends.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));

const flat = fs.watch(dir, (eventType, name) => {
  console.log('flat', eventType, name);
  flat.close();
});
flat.on('close', () => {
  console.log('close');
  tree();
});
fs.writeFileSync(path.join(dir, 'one'), '');

function tree() {
  const watcher = fs.watch(dir, { recursive: true, ignore: '*.log' });
  const waited = new Set(['new', 'new/deep', 'new/deep/file']);
  watcher.on('change', (eventType, name) => {
    if (name.endsWith('.log')) console.log('not ignored', name);
    if (waited.delete(name)) console.log('tree', eventType, name);
    if (waited.size > 0) return;
    watcher.close();
    iterate();
  });
  fs.writeFileSync(path.join(dir, 'x.log'), '');
  fs.mkdirSync(path.join(dir, 'new/deep'), { recursive: true });
  fs.writeFileSync(path.join(dir, 'new/deep/file'), '');
}

async function iterate() {
  const controller = new AbortController();
  setImmediate(() => fs.writeFileSync(path.join(dir, 'two'), ''));
  try {
    for await (const { eventType, filename } of fs.promises.watch(dir, { signal: controller.signal })) {
      if (filename !== 'two') continue;
      console.log('promise', eventType, filename);
      controller.abort();
    }
  } catch (err) {
    console.log(err.name);
  }
  try {
    fs.watch(path.join(dir, 'missing'));
  } catch (err) {
    console.log(err.message.replace(dir, ''), err.code, err.filename === err.path);
  }
  fs.rmSync(dir, { recursive: true });
}
