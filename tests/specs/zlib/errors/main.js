'use strict';
// What goes wrong with a text has zlib's code; what goes wrong with an argument is Node's error.
const zlib = require('zlib');

const packed = zlib.gzipSync('some text');
for (const wrong of [
  () => zlib.inflateSync(Buffer.from('zzz')),
  () => zlib.gunzipSync(packed.subarray(0, 12)),
  () => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('a') })),
  () => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('a') }), { dictionary: Buffer.from('b') }),
  () => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(1000)), { maxOutputLength: 10 }),
  () => zlib.createGzip({ level: 20 }),
  () => zlib.gzipSync(1),
  () => zlib.brotliCompressSync('x'),
]) {
  try {
    wrong();
  } catch (err) {
    console.log(err.code, err.errno, err.message);
  }
}
zlib.createGunzip().on('error', (err) => console.log('event', err.code)).end('no gzip file');
