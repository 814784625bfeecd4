'use strict';
// The `params` option of Brotli and Zstandard: values by number, as zlib.constants names the numbers.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { constants } = require('internal/zlib/constants');

// The largest number of the constants whose names begin so.
function largestOf(prefix) {
  return Math.max(...Object.keys(constants).filter((name) => name.startsWith(prefix)).map((name) => constants[name]));
}

// Numbers and values in turns, as Rust takes them. What is no number up to `largest`, or stands there twice, is an `InvalidParameter`.
function parametersOf(opts, largest, InvalidParameter) {
  const list = [];
  const seen = new Set();
  const given = opts?.params ?? {};
  for (const key of Object.keys(given)) {
    const number = Number(key);
    if (Number.isNaN(number) || number < 0 || number > largest || seen.has(number)) throw new InvalidParameter(key);
    seen.add(number);
    const value = given[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    list.push(number, Number(value));
  }
  return new Uint32Array(list);
}

module.exports = { largestOf, parametersOf };
