'use strict';
// One line where it fits, columns for long arrays, one entry a line otherwise.
const { inspect } = require('util');

console.log(Array.from({ length: 30 }, (_, i) => i * i));
console.log(['apple', 'banana', 'cherry', 'date', 'elderberry', 'fig', 'grape']);
console.log({ a: 'x'.repeat(30), b: 'y'.repeat(30), c: 'z'.repeat(30) });
const nested = { a: { b: { c: {} } }, list: [[1, [2, [3]]]] };
for (const compact of [true, false, 1, 3]) console.log(inspect(nested, { compact, depth: 5 }));
console.log(inspect({ a: [1, 2, { b: 3 }] }, { breakLength: 10 }));
console.log(['ああ', 'bb', 'ああ', 'bb', 'ああ', 'bb', 'ああ']);
