// Links, real paths, temporary directories, modes and owners.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-')));
const at = (...names) => path.join(dir, ...names);
fs.writeFileSync(at('f'), 'x');
fs.linkSync(at('f'), at('hard'));
fs.symlinkSync('f', at('soft'));
fs.symlinkSync('missing', at('broken'));
console.log(fs.statSync(at('hard')).nlink, fs.readlinkSync(at('soft')), path.basename(fs.realpathSync(at('soft'))));
console.log(fs.readFileSync(pathToFileURL(at('soft')), 'utf8'), fs.readFileSync(Buffer.from(at('soft')), 'utf8'));
for (const call of [() => fs.realpathSync(at('broken')), () => fs.realpathSync.native(at('broken'))]) {
  try {
    call();
  } catch (err) {
    console.log(err.message.replace(dir, ''));
  }
}
fs.chmodSync(at('f'), '600');
console.log((fs.statSync(at('hard')).mode & 0o777).toString(8));
fs.lutimesSync(at('soft'), 1, 2);
console.log(fs.lstatSync(at('soft')).mtimeMs, fs.statSync(at('soft')).mtimeMs > 1e12);

const temporary = fs.mkdtempDisposableSync(at('tmp-'));
console.log(fs.existsSync(temporary.path), path.basename(temporary.path).length);
temporary.remove();
console.log(fs.existsSync(temporary.path));

fs.realpath(at('soft'), 'buffer', (err, bytes) => {
  console.log(err, Buffer.isBuffer(bytes), path.basename(bytes.toString()));
  fs.access(at('f'), fs.constants.X_OK, (err) => {
    console.log(err === null || err.code);
    fs.rmSync(dir, { recursive: true });
  });
});
