'use strict';
// An AssertionError tells by its properties what was compared, and where.
const assert = require('assert');

function compare(actual, expected) {
  assert.strictEqual(actual, expected);
}
try {
  compare('a', 'b');
} catch (err) {
  console.log({ ...err });
  console.log(err.stack.split('\n').find((line) => line.startsWith('    at')).replace(/\(.*\//, '('));
  console.log(err instanceof assert.AssertionError, String(err).split('\n')[0]);
}
