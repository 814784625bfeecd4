'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { bench, run } = require('./harness');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-fs-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const files = { '100 B': 100, '16 KiB': 16384, '1 MiB': 1 << 20, '16 MiB': 16 << 20 };
for (const [size, bytes] of Object.entries(files)) {
  const file = path.join(folder, String(bytes));
  fs.writeFileSync(file, 'x'.repeat(bytes));
  bench(`readFileSync ${size}`, (n) => {
    for (let i = 0; i < n; i++) fs.readFileSync(file);
  });
  bench(`readFileSync utf8 ${size}`, (n) => {
    for (let i = 0; i < n; i++) fs.readFileSync(file, 'utf8');
  });
  bench(`readFile ${size}`, (n) => new Promise((resolve, reject) => {
    const next = (err) => {
      if (err) reject(err);
      else if (n-- > 0) fs.readFile(file, next);
      else resolve();
    };
    next();
  }));
  if (bytes <= 1 << 20) {
    bench(`readFile ${size}, 16 at once`, async (n) => {
      await Promise.all(Array.from({ length: 16 }, async () => {
        while (n-- > 0) await new Promise((resolve, reject) => fs.readFile(file, (err) => (err ? reject(err) : resolve())));
      }));
    });
  }
  bench(`promises.readFile ${size}`, async (n) => {
    for (let i = 0; i < n; i++) await fs.promises.readFile(file);
  });
}
const target = path.join(folder, 'written');
const text = 'x'.repeat(1000);
bench('writeFileSync 1 KB', (n) => {
  for (let i = 0; i < n; i++) fs.writeFileSync(target, text);
});
bench('statSync', (n) => {
  for (let i = 0; i < n; i++) fs.statSync(target);
});
bench('existsSync', (n) => {
  for (let i = 0; i < n; i++) fs.existsSync(target);
});
bench('promises.stat', async (n) => {
  for (let i = 0; i < n; i++) await fs.promises.stat(target);
});
bench('createReadStream 16 MiB', async (n) => {
  for (let i = 0; i < n; i++) {
    await new Promise((resolve, reject) => {
      fs.createReadStream(path.join(folder, String(16 << 20))).on('data', () => {}).on('error', reject).on('end', resolve);
    });
  }
});
run();
