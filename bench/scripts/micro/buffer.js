'use strict';
const { bench, run } = require('./harness');

const ascii = 'The quick brown fox jumps over the lazy dog. ';
const wide = 'Grüße, 世界! Ça va? ';
const texts = {
  'utf8 ascii': ['utf8', ascii],
  'utf8 wide': ['utf8', wide],
  'latin1': ['latin1', ascii],
  'utf16le': ['utf16le', ascii],
  'base64': ['base64', Buffer.from(ascii.repeat(4)).toString('base64')],
  'base64url': ['base64url', Buffer.from(ascii.repeat(4)).toString('base64url')],
  'hex': ['hex', Buffer.from(ascii).toString('hex')],
  'ascii': ['ascii', ascii],
};
for (const [name, [encoding, text]] of Object.entries(texts)) {
  for (const [size, times] of [['short', 1], ['long', 300]]) {
    const source = text.repeat(times);
    const buffer = Buffer.from(source, encoding);
    bench(`from ${name} ${size}`, (n) => {
      for (let i = 0; i < n; i++) Buffer.from(source, encoding);
    });
    bench(`toString ${name} ${size}`, (n) => {
      for (let i = 0; i < n; i++) buffer.toString(encoding);
    });
  }
}

const chunks = Array.from({ length: 8 }, () => Buffer.alloc(64, 'x'));
const bigChunks = Array.from({ length: 8 }, () => Buffer.alloc(16384, 'x'));
bench('concat 8 x 64', (n) => {
  for (let i = 0; i < n; i++) Buffer.concat(chunks);
});
bench('concat 8 x 16K', (n) => {
  for (let i = 0; i < n; i++) Buffer.concat(bigChunks);
});
const hay = Buffer.from(`${ascii.repeat(200)}needle`);
const needle = Buffer.from('needle');
bench('indexOf string', (n) => {
  for (let i = 0; i < n; i++) hay.indexOf('needle');
});
bench('indexOf buffer', (n) => {
  for (let i = 0; i < n; i++) hay.indexOf(needle);
});
bench('indexOf byte', (n) => {
  for (let i = 0; i < n; i++) hay.indexOf(0x23);
});
const hay16 = Buffer.from(`${ascii.repeat(100)}needle`, 'utf16le');
bench('indexOf utf16le', (n) => {
  for (let i = 0; i < n; i++) hay16.indexOf('needle', 0, 'utf16le');
});
bench('alloc 16', (n) => {
  for (let i = 0; i < n; i++) Buffer.alloc(16);
});
bench('alloc 1K', (n) => {
  for (let i = 0; i < n; i++) Buffer.alloc(1024);
});
bench('alloc 64K', (n) => {
  for (let i = 0; i < n; i++) Buffer.alloc(65536);
});
bench('allocUnsafe 16', (n) => {
  for (let i = 0; i < n; i++) Buffer.allocUnsafe(16);
});
bench('allocUnsafe 64K', (n) => {
  for (let i = 0; i < n; i++) Buffer.allocUnsafe(65536);
});
bench('subarray', (n) => {
  for (let i = 0; i < n; i++) hay.subarray(5, 50);
});
bench('compare and equals', (n) => {
  for (let i = 0; i < n; i++) {
    chunks[0].equals(chunks[1]);
    Buffer.compare(chunks[0], chunks[1]);
  }
});
bench('readUInt32LE, writeDoubleBE', (n) => {
  const buffer = chunks[2];
  for (let i = 0; i < n; i++) {
    buffer.writeDoubleBE(i, 8);
    buffer.readUInt32LE(8);
  }
});
bench('write utf8', (n) => {
  const buffer = bigChunks[0];
  for (let i = 0; i < n; i++) buffer.write(ascii, 10);
});
bench('byteLength utf8', (n) => {
  for (let i = 0; i < n; i++) Buffer.byteLength(wide);
});
run();
