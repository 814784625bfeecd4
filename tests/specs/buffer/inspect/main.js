'use strict';
// How Buffers print.
const buffer = require('buffer');
console.log(Buffer.from('hi'), Buffer.alloc(0), Buffer.alloc(51), new (class Sub extends Buffer.from('x').constructor {})(2).constructor.name);
const named = Buffer.from('ab');
named.note = { deep: [1] };
named[Symbol('s')] = 1;
console.log(named, [named]);
buffer.INSPECT_MAX_BYTES = 2;
console.log(Buffer.from('abc'), Buffer.from('abcd'));
try {
  buffer.INSPECT_MAX_BYTES = -1;
} catch (error) {
  console.log(error.code);
}
