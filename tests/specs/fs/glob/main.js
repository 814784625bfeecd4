// fs.glob: patterns over a tree, what is left out, and the three ways to ask.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
for (const file of ['a/b/c.js', 'a/b/d.txt', 'a/.hidden/e.js', 'f.js', 'node_modules/g.js']) {
  fs.mkdirSync(path.join(dir, path.dirname(file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), '');
}
fs.symlinkSync('..', path.join(dir, 'a/up'));

const show = (pattern, options) => console.log(JSON.stringify(pattern), fs.globSync(pattern, { cwd: dir, ...options }).sort());
show('**/*.js');
show('**/*.js', { exclude: ['node_modules'] });
show('a/**');
show('a/*/');
show(['f.*', '{a,x}/b/[c-d].*']);
show('a/.*/*', { exclude: (name) => name === 'e.js' });
show('missing/*');

fs.glob('*/b/*', { cwd: dir, withFileTypes: true }, async (err, entries) => {
  console.log(err, entries.map(({ name, parentPath }) => [name, path.relative(dir, parentPath)]).sort());
  for await (const file of fs.promises.glob('f*', { cwd: dir })) console.log(file);
  fs.rmSync(dir, { recursive: true });
});
