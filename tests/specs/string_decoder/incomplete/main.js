'use strict';
// What is missing at the end, or broken off by the next byte, becomes a replacement character.
const { StringDecoder } = require('string_decoder');

const decoder = new StringDecoder();
console.log(JSON.stringify(decoder.write(Buffer.of(0xe2, 0x82))), decoder.lastNeed, decoder.lastTotal);
console.log(JSON.stringify(decoder.end()), decoder.lastNeed);
console.log(JSON.stringify(decoder.write(Buffer.of(0xf1))));
console.log(JSON.stringify(decoder.write(Buffer.of(0x41, 0xf2))));
console.log(JSON.stringify(decoder.end(Buffer.of(0x42))));

const half = new StringDecoder('utf16le');
console.log(JSON.stringify(half.write(Buffer.of(0x3d, 0xd8, 0x4d))), JSON.stringify(half.end()));

try {
  new StringDecoder('nope');
} catch (err) {
  console.log(err.code, err.message);
}
try {
  decoder.write(1);
} catch (err) {
  console.log(err.code);
}
