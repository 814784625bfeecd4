'use strict';
// Every way to get a Buffer, and what it is made of.
const show = (buffer) => console.log(buffer.toString('hex') || '(empty)');
show(Buffer.from('héllo'));
show(Buffer.from([1, 256, -1, '7', 3.9]));
show(Buffer.from({ length: 3, 0: 1, 2: 3 }));
show(Buffer.from({ type: 'Buffer', data: [4, 5] }));
show(Buffer.from(new String('wrapped')));
show(Buffer.from({ [Symbol.toPrimitive]: () => 'primitive' }));
show(Buffer.of(7, 8, 9));
show(Buffer.alloc(5, 'ab'));
show(Buffer.alloc(3, 0x101));
show(Buffer.concat([Buffer.from('ab'), Buffer.from('cd')], 3));
show(Buffer.concat([Buffer.from('ab')], 4));
show(Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1));

const memory = new ArrayBuffer(8);
const view = Buffer.from(memory, 2, 4);
view.fill(255);
show(Buffer.from(memory));
const copy = Buffer.from(view);
copy[0] = 0;
console.log(view[0], view.byteOffset, view.length, view instanceof Uint8Array, Buffer.isBuffer(view));

for (const make of [() => Buffer.from(), () => Buffer.from(5), () => Buffer.alloc('5'), () => Buffer.alloc(-1),
                    () => Buffer.from(memory, 9), () => Buffer.from('', 'klingon'), () => Buffer.alloc(4, 'xy', 'hex'),
                    () => Buffer.concat([1]), () => Buffer.allocUnsafe(2 ** 53)]) {
  try {
    make();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
