'use strict';
// slice and subarray are views of the same memory; Uint8Array's own methods make Buffers.
const buffer = Buffer.from('0123456789');
const part = buffer.subarray(2, -3);
part[0] = 0x78;
console.log(`${buffer}`, `${part}`, `${buffer.slice(-2)}`, buffer.slice(5, 2).length, buffer.slice(1.9, '3').length);
console.log(Buffer.isBuffer(part), part.buffer === buffer.buffer, part.byteOffset - buffer.byteOffset, part.parent === part.buffer);
console.log(buffer.filter((byte) => byte === 0x78) instanceof Buffer, buffer.constructor === Buffer, Object.getPrototypeOf(Buffer) === Uint8Array);

const resizable = new ArrayBuffer(4, { maxByteLength: 8 });
const follower = Buffer.from(resizable, 1);
resizable.resize(8);
console.log(follower.length, Buffer.from(new SharedArrayBuffer(3)).fill(1));
