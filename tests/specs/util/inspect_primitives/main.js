'use strict';
// Primitive values: quotes, escapes, separators, cut strings.
const { inspect } = require('util');

for (const value of [
  0, -0, 1e21, NaN, 10n, true, undefined, null, Symbol('a\nb'), '', "it's", `it's "it"`, '`\'"${}', 'tab\tnul\0\x7f', '\ud800',
  'näïve 😀',
]) console.log(inspect(value));
console.log(inspect(1234567.8912, { numericSeparator: true }), inspect(-1234567n, { numericSeparator: true }));
console.log(inspect('abcdef', { maxStringLength: 2 }));
console.log(inspect({ text: 'a line of text\nand another that goes on a bit longer than the first one' }, { breakLength: 40 }));
console.log([new String('s'), new Number(-0), new Boolean(false), Object(1n), Object(Symbol('x'))]);
