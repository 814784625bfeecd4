'use strict';
// any() follows its sources, through other composites too; timeout() aborts by itself and keeps nothing running.
const first = new AbortController();
const second = new AbortController();
const pair = AbortSignal.any([first.signal, second.signal]);
const outer = AbortSignal.any([pair, new AbortController().signal]);
let order = '';
first.signal.addEventListener('abort', () => order += 'source ');
pair.addEventListener('abort', () => order += 'pair ');
outer.addEventListener('abort', () => order += 'outer ');
first.abort('first');
second.abort('second');
console.log(order, pair.reason, outer.reason, AbortSignal.any([pair]).aborted, AbortSignal.any([]).aborted);

const timeout = AbortSignal.timeout(1);
timeout.addEventListener('abort', () => {
  console.log(timeout.reason.name, timeout.reason.code);
  clearInterval(alive);
});
const alive = setInterval(() => {}, 1000);
AbortSignal.timeout(3600e3);
