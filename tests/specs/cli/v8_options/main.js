'use strict';
// Options of V8 reach it.
console.log(typeof gc, Error.stackTraceLimit);
console.log(new Error('short').stack.split('\n').length);
