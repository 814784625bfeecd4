'use strict';
// Offsets and values that cannot be, and which of the errors says so.
const buffer = Buffer.alloc(4);
for (const attempt of [
  () => buffer.readUInt8('0'),
  () => buffer.readUInt8(4),
  () => buffer.readUInt32LE(0.5),
  () => buffer.readUInt32LE(1),
  () => buffer.readDoubleLE(0),
  () => buffer.readUIntLE(0),
  () => buffer.readUIntLE(0, 7),
  () => buffer.readIntBE(undefined, 2),
  () => buffer.writeUInt8(256),
  () => buffer.writeInt16BE(-32769),
  () => buffer.writeUInt32LE(2 ** 32),
  () => buffer.writeIntLE(2 ** 47, 0, 6),
  () => buffer.writeInt8(1, -1),
  () => buffer.writeBigInt64LE(1n),
  () => Buffer.alloc(8).writeBigUInt64LE(-1n),
  () => Buffer.alloc(8).writeBigUInt64LE(1),
  () => Buffer.alloc(3).swap16(),
  () => buffer.write('x', 5),
  () => buffer.toString('klingon'),
  () => buffer.compare('x'),
  () => buffer.copy(buffer, -1),
  () => buffer.indexOf({}),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
