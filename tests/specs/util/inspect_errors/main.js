'use strict';
// Errors: class and name, own properties, cause, aggregated errors, frames shared with the cause.
const { inspect } = require('util');

function withoutFrames(error) {
  error.stack = error.stack.split('\n')[0];
  return error;
}
class Failure extends TypeError {}

console.log(withoutFrames(new Failure('class and name')));
console.log(withoutFrames(Object.assign(new Error('own'), { code: 'E', name: 'Named' })));
console.log(withoutFrames(new Error('outer', { cause: withoutFrames(new RangeError('inner')) })));
console.log(withoutFrames(new AggregateError([withoutFrames(new Error('one')), 2], 'both')));
console.log(inspect(Object.setPrototypeOf(withoutFrames(new Error('bare')), null)));
console.log({ nested: withoutFrames(new SyntaxError('two\nlines')) });

function outer() {
  return new Error('outer', { cause: inner() });
}
function inner() {
  return new Error('inner');
}
const shown = inspect(outer());
console.log(/\.\.\. \d+ lines matching cause stack trace \.\.\./.test(shown), shown.includes('[cause]: Error: inner'));
