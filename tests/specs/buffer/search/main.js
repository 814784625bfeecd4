'use strict';
// indexOf, lastIndexOf and includes: bytes, text, Buffers, offsets from either end.
const text = Buffer.from('this is a buffer, is it?');
console.log(text.indexOf('is'), text.indexOf('is', 3), text.indexOf('is', -10), text.indexOf('is', 100), text.indexOf('is', -100));
console.log(text.lastIndexOf('is'), text.lastIndexOf('is', 17), text.lastIndexOf('is', -7), text.lastIndexOf('is', -100));
console.log(text.indexOf(Buffer.from('buffer')), text.indexOf(0x74), text.indexOf(99), text.lastIndexOf(0x69 + 256));
console.log(text.includes('buffer'), text.includes('buffer', 11), text.indexOf('', 5), text.indexOf('', 100), text.lastIndexOf(''));
console.log(text.indexOf('YnVm', 0, 'base64'), text.indexOf('627566', 'hex'), text.indexOf('ü', 'latin1'));

// In UTF-16 only whole code units count.
const wide = Buffer.from('aΣbΣ', 'utf16le');
console.log(wide.indexOf('Σ', 0, 'utf16le'), wide.indexOf('Σ', 3, 'ucs2'), wide.lastIndexOf('Σ', 'ucs2'));
console.log(Buffer.from([0, 1, 0, 1]).indexOf(Buffer.from([1, 0]), 0, 'ucs2'));

// Many places that nearly match.
const nearly = Buffer.from('ab'.repeat(5000) + 'abc' + 'ab'.repeat(5000));
console.log(nearly.indexOf('abc'), nearly.lastIndexOf('abc'), nearly.indexOf('abd'), nearly.lastIndexOf('abd'));
