'use strict';
const util = require('util');

for (const attempt of [
  () => AbortSignal.any(5),
  () => AbortSignal.any([new AbortController().signal, 5]),
  () => new Blob('text'),
  () => new CompressionStream('zip'),
  () => new TextDecoder().decode(5),
  () => Buffer.alloc(3).write(5),
  () => new EventTarget().addEventListener('x', () => {}, 5),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
util.aborted(5, {}).catch((error) => console.log(error.code, error.message));
console.log(new URLSearchParams(null).toString());
