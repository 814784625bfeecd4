'use strict';
// compare, equals, copy, fill and swap, with ranges and with memory that overlaps.
const a = Buffer.from('abcdef');
const b = Buffer.from('abd');
console.log(a.compare(b), b.compare(a), Buffer.compare(a, a), a.compare(b, 0, 2, 0, 2), a.equals(Buffer.from('abcdef')));
console.log([b, a, Buffer.from('')].sort(Buffer.compare).map(String));

const c = Buffer.alloc(8, '-');
console.log(a.copy(c, 6), a.copy(c, 0, 4), a.copy(c, 3, 1, 2), `${c}`);
const d = Buffer.from('12345678');
d.copy(d, 2, 0, 6);
console.log(`${d}`);

console.log(`${c.fill('xyz')}`, `${c.fill('é', 1, 4)}`.length, `${c.fill(0x41, 2, 5)}`, `${c.fill('6263', 'hex')}`, c.fill(0).every((byte) => byte === 0));
const e = Buffer.from('abcdef');
console.log(`${e.fill(e.subarray(0, 2), 1)}`);
console.log(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).swap16(), Buffer.from([1, 2, 3, 4]).swap32(), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).swap64());
const many = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
console.log(many.swap64().subarray(0, 9), many.swap64().equals(Buffer.from(Array.from({ length: 256 }, (_, i) => i))));
console.log(JSON.stringify(Buffer.from('json')), [...Buffer.from('it')], Buffer.from('abc').map((x) => x - 32).toString());
