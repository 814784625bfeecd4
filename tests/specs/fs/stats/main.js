// Stats and BigIntStats: what they have, and files that are not there.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'f');
fs.writeFileSync(file, '12345', { mode: 0o640 });
fs.utimesSync(file, 1, new Date(2500));
fs.symlinkSync('f', path.join(dir, 'link'));

const stats = fs.statSync(file);
console.log(stats.isFile(), stats.isDirectory(), stats.size, (stats.mode & 0o777).toString(8));
console.log(stats.atimeMs, stats.mtimeMs, stats.mtime.toISOString(), Object.keys(stats).join());
const big = fs.lstatSync(path.join(dir, 'link'), { bigint: true });
console.log(big.isSymbolicLink(), big.size, typeof big.mtimeNs, big.mtimeNs / 1000000n === big.mtimeMs);
console.log(fs.statSync('/no/such', { throwIfNoEntry: false }), fs.existsSync(file), fs.existsSync('/no/such'));

fs.stat(file, { bigint: true }, (err, { mtimeNs }) => {
  console.log(err, mtimeNs);
  fs.stat('/no/such', { throwIfNoEntry: false }, (...args) => {
    console.log(args);
    const { bsize, blocks } = fs.statfsSync('/');
    console.log(bsize > 0, blocks > 0, typeof fs.statfsSync('/', { bigint: true }).files);
    fs.rmSync(dir, { recursive: true });
  });
});
