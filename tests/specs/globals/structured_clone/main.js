'use strict';
// structuredClone: what is copied, what is moved, what is shared, what is refused.
const circle = { list: [1, new Map([['k', new Set([2])]])] };
circle.self = circle;
const copy = structuredClone(circle);
console.log(copy.self === copy, copy.list[1].get('k'), copy !== circle);
console.log(structuredClone(new DOMException('text', 'AbortError')) instanceof DOMException);
console.log(structuredClone(process.env).constructor === Object);

const buffer = new ArrayBuffer(4);
const bytes = new Uint8Array(buffer).fill(7);
const moved = structuredClone({ bytes }, { transfer: [buffer] });
console.log(moved.bytes, buffer.detached);
const shared = new SharedArrayBuffer(4);
const view = new Uint8Array(structuredClone(shared));
new Uint8Array(shared)[0] = 9;
console.log(view[0]);

for (const clone of [() => structuredClone(() => {}), () => structuredClone(Symbol('s')), () => structuredClone(),
                     () => structuredClone(1, { transfer: [1] }), () => structuredClone(1, { transfer: [buffer] })]) {
  try {
    clone();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
