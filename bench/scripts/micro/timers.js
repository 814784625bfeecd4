'use strict';
const { bench, run } = require('./harness');

// `schedule` again and again, each from the one before.
const chain = (schedule) => (n) => new Promise((resolve) => {
  const next = () => {
    if (n-- > 0) schedule(next);
    else resolve();
  };
  next();
});
// `n` scheduled at once.
const burst = (schedule) => (n) => new Promise((resolve) => {
  let left = n;
  const done = () => {
    if (--left === 0) resolve();
  };
  for (let i = 0; i < n; i++) schedule(done);
});

bench('nextTick chain', chain((next) => process.nextTick(next)));
bench('nextTick burst', burst((next) => process.nextTick(next, 1)));
bench('queueMicrotask chain', chain((next) => queueMicrotask(next)));
bench('setImmediate chain', chain((next) => setImmediate(next)));
bench('setImmediate burst', burst((next) => setImmediate(next)));
bench('setTimeout burst', burst((next) => setTimeout(next, 1)));
bench('setTimeout and clearTimeout', (n) => {
  for (let i = 0; i < n; i++) clearTimeout(setTimeout(() => {}, 1000));
});
bench('setTimeout of many durations', (n) => {
  for (let i = 0; i < n; i++) clearTimeout(setTimeout(() => {}, 1000 + (i & 1023)));
});
bench('setInterval', (n) => new Promise((resolve) => {
  const interval = setInterval(() => {
    if (--n <= 0) {
      clearInterval(interval);
      resolve();
    }
  }, 1);
}));
run();
