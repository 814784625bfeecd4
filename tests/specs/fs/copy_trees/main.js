// fs.cp: trees with links, filters, times, and the copies that it refuses.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const at = (...names) => path.join(dir, ...names);
fs.mkdirSync(at('src/sub'), { recursive: true });
fs.writeFileSync(at('src/a.js'), 'a', { mode: 0o600 });
fs.writeFileSync(at('src/sub/b.txt'), 'b');
fs.symlinkSync('a.js', at('src/link'));
fs.utimesSync(at('src/a.js'), 5, 6);

fs.cpSync(at('src'), at('one'), { recursive: true, preserveTimestamps: true });
console.log(fs.readdirSync(at('one'), { recursive: true }), fs.readlinkSync(at('one/link')) === at('src/a.js'));
console.log(fs.statSync(at('one/a.js')).mtimeMs, (fs.statSync(at('one/a.js')).mode & 0o777).toString(8));

fs.cp(at('src'), at('two'), { recursive: true, dereference: true, filter: async (name) => !name.endsWith('.txt') }, async (err) => {
  console.log(err, fs.readdirSync(at('two'), { recursive: true }), fs.lstatSync(at('two/link')).isFile());
  for (const [src, dest, options] of [
    ['src', 'three', {}],
    ['src', 'src/inside', { recursive: true }],
    ['src', 'src', { recursive: true }],
    ['src/a.js', 'one/sub', {}],
    ['src', 'one', { recursive: true, force: false, errorOnExist: true }],
  ]) {
    await fs.promises.cp(at(src), at(dest), options).catch((err) => console.log(err.name, err.code, err.syscall));
  }
  fs.copyFileSync(at('src/a.js'), at('copy'));
  try {
    fs.copyFileSync(at('src/a.js'), at('copy'), fs.constants.COPYFILE_EXCL);
  } catch (err) {
    console.log(err.code, err.syscall, path.basename(err.dest));
  }
  fs.rmSync(dir, { recursive: true });
});
