'use strict';
// Random bytes of the asked size, integers within their bounds, equality without a hint.
const crypto = require('crypto');

const a = crypto.randomBytes(16);
console.log(a.length, Buffer.isBuffer(a), a.equals(crypto.randomBytes(16)));
const part = crypto.randomFillSync(Buffer.alloc(64), 32);
console.log(part.subarray(0, 32).every((byte) => byte === 0), part.subarray(32).some((byte) => byte !== 0));
const numbers = Array.from({ length: 500 }, () => crypto.randomInt(3, 6));
console.log([...new Set(numbers)].sort());
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
console.log(crypto.timingSafeEqual(Buffer.from('abc'), Buffer.from('abc')), crypto.timingSafeEqual(Buffer.from('abc'), Buffer.from('abd')));
crypto.randomBytes(4, (err, bytes) => console.log(err, bytes.length));

for (const wrong of [
  () => crypto.randomBytes(-1),
  () => crypto.randomInt(5, 1),
  () => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)),
  () => crypto.getRandomValues(new Float32Array(1)),
]) {
  try {
    wrong();
  } catch (err) {
    console.log(err.code, err.message);
  }
}
