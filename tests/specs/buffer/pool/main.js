'use strict';
// Small Buffers share a pool, which nobody may take away; large ones and alloc() have memory of their own.
const small = [Buffer.from('a'), Buffer.allocUnsafe(10), Buffer.concat([Buffer.from('x')])];
console.log(small.every((buffer) => buffer.buffer === small[0].buffer), small[0].buffer.byteLength === Buffer.poolSize);
console.log(small[1].byteOffset % 8, Buffer.alloc(10).buffer.byteLength, Buffer.allocUnsafeSlow(10).buffer.byteLength);
console.log(Buffer.allocUnsafe(Buffer.poolSize).buffer.byteLength === Buffer.poolSize, Buffer.allocUnsafe(Buffer.poolSize / 2).byteOffset);
try {
  small[0].buffer.transfer();
} catch (error) {
  console.log(error.name);
}
console.log(`${small[0]}`);
Buffer.poolSize = 0;
console.log(Buffer.allocUnsafe(10).buffer.byteLength, Buffer.from('own').buffer.byteLength);
