// A signal ends reading and writing whole files: before they start, and while they are under way.
const fs = require('fs');
const os = require('os');
const path = require('path');

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-')), 'f');
fs.writeFileSync(file, 'x'.repeat(100000));

const early = AbortSignal.abort('early');
fs.readFile(file, { signal: early }, (err) => console.log('at once', err.name, err.code, err.cause));

const controller = new AbortController();
fs.readFile(file, { signal: controller.signal }, async (err) => {
  console.log('under way', err.name, err.cause);
  await fs.promises.readFile(file, { signal: early }).catch((err) => console.log('promise', err.name));
  const later = new AbortController();
  const writing = fs.promises.writeFile(file, 'y', { signal: later.signal });
  later.abort();
  await writing.catch((err) => console.log('writing', err.name));
  fs.rmSync(path.dirname(file), { recursive: true });
});
controller.abort('late');
