// File streams: ranges, encodings, positions, the events of their lives, and a copy by pipe.
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
const file = path.join(dir, 'f');
const out = path.join(dir, 'out');
fs.writeFileSync(file, '0123456789'.repeat(20000));

const seen = [];
const reader = fs.createReadStream(file, { start: 5, end: 14, highWaterMark: 4, encoding: 'utf8' });
for (const event of ['open', 'ready', 'data', 'end', 'close']) {
  reader.on(event, (value) => seen.push(event === 'data' ? `data ${value}` : event));
}
reader.on('close', () => {
  console.log(seen.join(', '), reader.bytesRead, reader.fd);
  copy();
});

function copy() {
  const writer = fs.createWriteStream(out);
  fs.createReadStream(file).pipe(writer).on('close', () => {
    console.log(writer.bytesWritten, fs.readFileSync(out).equals(fs.readFileSync(file)));
    const patch = fs.createWriteStream(out, { flags: 'r+', start: 3 });
    patch.write('ab');
    patch.end('c', () => {
      console.log(fs.readFileSync(out, 'latin1').slice(0, 10));
      fail();
    });
  });
}

function fail() {
  fs.createReadStream(path.join(dir, 'missing'))
    .on('error', (err) => console.log(err.message.replace(dir, '')))
    .on('close', () => fs.rmSync(dir, { recursive: true }));
}
