'use strict';
// TextEncoder: whole strings, and as much as fits.
const encoder = new TextEncoder();
console.log(encoder.encoding, encoder.encode('a€😀'), encoder.encode(), encoder.encode('\ud800'), encoder.encode(12));
for (const room of [0, 1, 3, 4, 7, 8]) {
  const bytes = new Uint8Array(room);
  const { read, written } = encoder.encodeInto('a€😀', bytes);
  console.log(room, read, written, bytes.join(' '));
}
console.log(`${encoder}`, encoder.encode('x').constructor === Uint8Array, encoder.encode('x').buffer.byteLength);
