'use strict';
// With an encoding set, characters that were cut by chunk borders come out whole.
const { Readable } = require('stream');

const readable = new Readable({ read() {} });
readable.setEncoding('utf8');
const bytes = Buffer.from('a\u20acb\u{1f44d}');
for (const byte of bytes) readable.push(Buffer.of(byte));
readable.push(null);

let text = '';
readable.on('data', (chunk) => {
  text += chunk;
});
readable.on('end', () => console.log(readable.readableEncoding, JSON.stringify(text)));
