'use strict';
// A decoder fed in pieces keeps what a character is missing, in any encoding.
for (const [label, bytes] of [
  ['utf-8', [0xef, 0xbb, 0xbf, 0x61, 0xf0, 0x9f, 0x8d, 0x8c, 0x62]],
  ['utf-16le', [0xff, 0xfe, 0x61, 0, 0x3c, 0xd8, 0x4c, 0xdf, 0x62, 0]],
  ['gb18030', [0x61, 0x94, 0x39, 0xfc, 0x36, 0x62]],
]) {
  for (const size of [1, 2, 3]) {
    const decoder = new TextDecoder(label);
    const pieces = [];
    for (let i = 0; i < bytes.length; i += size) pieces.push(decoder.decode(new Uint8Array(bytes.slice(i, i + size)), { stream: true }));
    console.log(label, size, JSON.stringify(pieces.join('') + decoder.decode()));
  }
}
const cut = new TextDecoder();
console.log(JSON.stringify(cut.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + cut.decode()), JSON.stringify(cut.decode(new Uint8Array([0x61]))));
