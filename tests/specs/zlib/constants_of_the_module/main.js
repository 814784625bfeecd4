'use strict';
// The module has zlib's and Zstandard's constants itself, too, unseen by those who list what it has: older programs take them from there.
const zlib = require('zlib');

console.log(zlib.Z_SYNC_FLUSH, zlib.Z_DEFAULT_WINDOWBITS, zlib.ZSTD_e_flush, zlib.BROTLI_OPERATION_FLUSH);
console.log(Object.getOwnPropertyDescriptor(zlib, 'Z_BEST_SPEED'), Object.keys(zlib).includes('Z_BEST_SPEED'));

const deflate = zlib.createDeflateRaw();
const pieces = [];
deflate.on('data', (piece) => pieces.push(piece));
deflate.write('text');
deflate.flush(zlib.Z_SYNC_FLUSH, () => console.log(Buffer.concat(pieces).subarray(-4)));
