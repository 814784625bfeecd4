// Every format gives back what it was given: at once, for a callback, for a promise.
const zlib = require('zlib');
const { promisify } = require('util');

const text = 'to be, or not to be. '.repeat(500);
const pairs = { deflate: 'inflate', gzip: 'gunzip', deflateRaw: 'inflateRaw', brotliCompress: 'brotliDecompress' };

(async () => {
  for (const [pack, unpack] of Object.entries(pairs)) {
    const packed = zlib[`${pack}Sync`](text);
    const later = await promisify(zlib[pack])(text);
    console.log(pack, packed.length < 200, later.equals(packed), zlib[`${unpack}Sync`](packed).toString() === text);
  }
  console.log(zlib.unzipSync(zlib.gzipSync('a')).toString(), zlib.unzipSync(zlib.deflateSync('b')).toString());
  console.log(zlib.inflateSync(zlib.deflateSync('c', { dictionary: Buffer.from('abc') }), { dictionary: Buffer.from('abc') }).toString());
  console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')));
})();
