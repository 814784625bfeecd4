'use strict';
// However the bytes are cut, the text is what the whole would give.
const { StringDecoder } = require('string_decoder');

const bytes = Buffer.from('a\u00e9\u20ac\u{1f44d}z');
for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1', 'ascii']) {
  const source = encoding === 'utf16le' ? Buffer.from(bytes.toString(), 'utf16le') : bytes;
  let same = true;
  for (let size = 1; size <= source.length; size++) {
    const decoder = new StringDecoder(encoding);
    let text = '';
    for (let at = 0; at < source.length; at += size) text += decoder.write(source.subarray(at, at + size));
    text += decoder.end();
    same &&= text === source.toString(encoding);
  }
  console.log(encoding, same);
}
