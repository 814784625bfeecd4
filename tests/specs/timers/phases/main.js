'use strict';
// Ticks before promises before timers and immediates; ticks and promises are drained between two callbacks of one phase.
function all(name) {
  process.nextTick(() => console.log(name, 'tick'));
  Promise.resolve().then(() => console.log(name, 'promise'));
  queueMicrotask(() => console.log(name, 'microtask'));
}
all('main');
setImmediate(() => {
  console.log('immediate 1');
  all('immediate 1');
});
setImmediate(() => {
  console.log('immediate 2');
  const start = process.hrtime();
  setTimeout(() => {
    console.log('timeout 1');
    all('timeout 1');
  }, 1);
  setTimeout(() => console.log('timeout 2'), 1);
  while (process.hrtime(start)[1] < 5e6);
});
