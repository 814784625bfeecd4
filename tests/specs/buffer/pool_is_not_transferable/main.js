'use strict';
// The memory that small buffers share cannot be taken away from the others.
const { port1 } = new MessageChannel();
const buffer = Buffer.from('hello');
for (const take of [
  () => port1.postMessage(buffer, [buffer.buffer]),
  () => structuredClone(buffer, { transfer: [buffer.buffer] }),
  () => buffer.buffer.transfer(),
]) {
  try {
    take();
    console.log('taken');
  } catch ({ name }) {
    console.log(name);
  }
}
console.log(buffer.toString());
port1.close();
