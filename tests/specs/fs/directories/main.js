// Directories: made with their parents, listed flat and whole, read entry by entry, removed.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const first = fs.mkdirSync(path.join(dir, 'a/b/c'), { recursive: true });
console.log(path.relative(dir, first), fs.mkdirSync(path.join(dir, 'a'), { recursive: true }));
for (const name of ['z', 'ä', 'a/1', 'a/b/2']) fs.writeFileSync(path.join(dir, name), '');
fs.symlinkSync('a', path.join(dir, 'link'));

console.log(fs.readdirSync(dir));
console.log(fs.readdirSync(dir, { recursive: true }));
console.log(fs.readdirSync(dir, 'hex').slice(-1), fs.readdirSync(dir, 'buffer')[0]);
for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
  console.log(entry.name, entry.isFile(), entry.isDirectory(), entry.isSymbolicLink(), entry.parentPath === dir);
}

(async () => {
  const names = [];
  for await (const entry of await fs.promises.opendir(dir, { recursive: true })) {
    names.push(path.relative(dir, path.join(entry.parentPath, entry.name)));
  }
  console.log(names.sort());

  await fs.promises.rmdir(dir).catch((err) => console.log(err.code));
  await fs.promises.rm(dir).catch((err) => console.log(err.code));
  await fs.promises.rm(dir, { recursive: true });
  await fs.promises.rm(dir).catch((err) => console.log(err.code, err.syscall));
  await fs.promises.rm(dir, { force: true });
  console.log(fs.existsSync(dir));
})();
