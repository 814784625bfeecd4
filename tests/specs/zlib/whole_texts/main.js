'use strict';
// A whole text in, a whole text out, in every format, at once and with a callback.
const zlib = require('zlib');

const text = 'to be or not to be '.repeat(500);
for (const [pack, unpack] of [
  ['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'],
]) {
  const packed = zlib[`${pack}Sync`](text);
  console.log(pack, unpack, packed.length < 200, zlib[`${unpack}Sync`](packed).toString() === text);
}
// gzip files one behind the other are one text.
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two')])).toString());

const dictionary = Buffer.from('to be or not to be ');
const packed = zlib.deflateSync(text, { dictionary, level: 9 });
console.log(zlib.inflateSync(packed, { dictionary }).toString() === text);
console.log(zlib.crc32('hello'), zlib.crc32('lo', zlib.crc32('hel')));

zlib.gzip(text, (err, whole) => {
  zlib.gunzip(whole, (err2, back) => console.log(err, err2, back.toString() === text));
});
