'use strict';
// A synchronous loop over ops that look into strings must not leave a handle a call behind: each garbage collection would visit all of them.
const text = 'some text with an é'.repeat(4);
const target = Buffer.alloc(256);
let sum = 0;
const round = () => {
  for (let i = 0; i < 200000; i++) sum += target.write(text) + Buffer.byteLength(text) + target.indexOf('text', 3);
};
const collect = () => {
  const start = process.hrtime.bigint();
  for (let i = 0; i < 200; i++) new Array(20000).fill(i);
  return process.hrtime.bigint() - start;
};
round();
const before = collect();
for (let i = 0; i < 5; i++) round();
const after = collect();
console.log(sum > 0, after < before * 20n + 50_000_000n);
