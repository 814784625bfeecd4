'use strict';
// Buffer's static functions are functions like any other: without a receiver, and after `new`.
const { allocUnsafe, allocUnsafeSlow, isBuffer, isEncoding, of } = Buffer;
console.log(allocUnsafe(2).length, of(1, 2), isBuffer(allocUnsafeSlow(1)), isEncoding('HEX'));
console.log(new Buffer.allocUnsafeSlow(3).length, new Buffer.alloc(4), new Buffer.allocUnsafe(5).length);
