'use strict';
// read() gives one chunk as it was pushed, read(n) exactly n bytes or nothing, and at the end what is left.
const { Readable } = require('stream');

const readable = new Readable({ read() {} });
readable.push('abc');
readable.push('defg');
readable.unshift('#');

console.log(readable.readableLength);
console.log(String(readable.read()));
console.log(String(readable.read(5)));
console.log(readable.read(5));
readable.push(null);
console.log(String(readable.read(5)));
console.log(readable.read());
readable.on('end', () => console.log('end'));
