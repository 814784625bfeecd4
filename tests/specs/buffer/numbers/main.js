'use strict';
// Numbers of every width and byte order, written and read again.
const buffer = Buffer.alloc(8);
function check(type, value, ...size) {
  buffer.fill(0);
  const end = buffer[`write${type}`](value, 0, ...size);
  const read = buffer[`read${type}`](0, ...size);
  console.log(type, ...size, buffer.toString('hex', 0, end), end, read);
}
check('UInt8', 200);
check('Int8', -100);
for (const order of ['LE', 'BE']) {
  check(`UInt16${order}`, 0xfedc);
  check(`Int16${order}`, -2);
  check(`UInt32${order}`, 0xfedcba98);
  check(`Int32${order}`, -0x12345678);
  check(`Float${order}`, 1.5);
  check(`Double${order}`, -Math.PI);
  check(`BigInt64${order}`, -(2n ** 62n));
  check(`BigUInt64${order}`, 2n ** 64n - 2n);
  for (const size of [3, 5, 6]) {
    check(`UInt${order}`, 2 ** (8 * size) - 2, size);
    check(`Int${order}`, -(2 ** (8 * size - 1)), size);
  }
}
console.log(buffer.readUint16BE === buffer.readUInt16BE, buffer.writeBigUint64LE === buffer.writeBigUInt64LE);
