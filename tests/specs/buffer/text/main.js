'use strict';
// Text to bytes and back in each encoding, whole and in part.
const text = 'zß水🍌';
for (const encoding of ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex']) {
  const bytes = Buffer.from(text);
  console.log(encoding, JSON.stringify(bytes.toString(encoding)), Buffer.byteLength(text, encoding));
}
console.log(Buffer.from(text, 'UCS-2').toString('hex'), Buffer.from(text, 'binary').toString('hex'));

// What is not the encoding: invalid UTF-8, half a surrogate pair, characters that are no digits.
console.log(JSON.stringify(Buffer.from([0xe6, 0xb0, 0x7a, 0xff]).toString()), Buffer.from('\ud800x').toString('hex'));
console.log(Buffer.from('abzzcd', 'hex'), Buffer.from('YW Jj\n-_==ZZ', 'base64'), Buffer.from('YQ', 'base64'));

const target = Buffer.alloc(8, '.');
console.log(target.write('水水水'), target.toString('latin1', 6));
console.log(target.write('xyz', 6), target.write('abc', 1, 2), target.write('4142', 4, 'hex'), target.toString('latin1'));
console.log(target.utf8Write('Q', 0), target.latin1Slice(0, 3), target.toString('utf8', -5, 2), target.toString('hex', 7, 100));
console.log([...'😀'].length, Buffer.alloc(3).write('😀'), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('utf-7'));

const long = 'aé水🍌'.repeat(1000) + '\ud83c';
console.log(Buffer.from(long).length, Buffer.byteLength(long), Buffer.from(long).toString() === long.toWellFormed());
for (const encoding of ['base64', 'hex', 'utf16le', 'latin1']) {
  const bytes = Buffer.from(long);
  console.log(encoding, Buffer.from(bytes.toString(encoding), encoding).equals(bytes.subarray(0, bytes.length & ~1)) ||
    Buffer.from(bytes.toString(encoding), encoding).equals(bytes));
}
const room = Buffer.alloc(3072, 'é').toString('base64url');
console.log(room.length, room === Buffer.alloc(3072, 'é').toString('base64').replaceAll('+', '-').replaceAll('/', '_'), `${room}=`.slice(-4));
