'use strict';
// Timeout and Immediate: ref, unref, hasRef, refresh, close, number, dispose; arguments and `this` of the callback.
const timeout = setTimeout(function(...args) {
  console.log('timeout', args, this === timeout);
}, 1, 'a', 'b');
console.log(timeout.constructor.name, timeout.hasRef(), timeout.unref().hasRef(), timeout.ref().hasRef());

const number = +setTimeout(() => console.log('not reached'), 1);
console.log(typeof number, Number.isInteger(number));
clearTimeout(number);

const closed = setTimeout(() => console.log('not reached'), 1);
console.log(closed.close() === closed, closed._destroyed);

{
  using disposed = setImmediate(() => console.log('not reached'));
  console.log(disposed.constructor.name, disposed.hasRef());
}

let runs = 0;
const again = setTimeout(() => {
  console.log('run', ++runs);
  if (runs < 3) again.refresh();
}, 1);

// Alone, this would keep the program running for an hour.
setInterval(() => {}, 3600e3).unref();
