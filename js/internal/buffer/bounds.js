'use strict';
// The argument checks of the numeric accessors: where a number may be read or written, and which of
// Node's errors says that it may not.

const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateNumber } = require('internal/validators');

/** Throws for an `offset` at which `size` bytes of `buffer` cannot be reached. */
function failOffset(buffer, offset, size) {
  validateNumber(offset, 'offset');
  if (Math.floor(offset) !== offset) throw new ERR_OUT_OF_RANGE('offset', 'an integer', offset);
  const last = buffer.length - size;
  if (last < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  throw new ERR_OUT_OF_RANGE('offset', `>= 0 and <= ${last}`, offset);
}

/** Throws unless `size` bytes of `buffer` can be reached at `offset`. */
function checkOffset(buffer, offset, size) {
  // Comparisons with NaN are false, so the condition is about what is allowed, not what is not.
  if (typeof offset === 'number' && offset >= 0 && offset <= buffer.length - size &&
      Math.floor(offset) === offset) {
    return;
  }
  failOffset(buffer, offset, size);
}

/** Throws for a `byteLength` that readIntLE and its relatives do not know. */
function failByteLength(byteLength) {
  validateNumber(byteLength, 'byteLength');
  if (Math.floor(byteLength) !== byteLength) {
    throw new ERR_OUT_OF_RANGE('byteLength', 'an integer', byteLength);
  }
  throw new ERR_OUT_OF_RANGE('byteLength', '>= 1 and <= 6', byteLength);
}

function describeRange(min, max, size) {
  const n = typeof min === 'bigint' ? 'n' : '';
  if (size <= 4) return `>= ${min}${n} and <= ${max}${n}`;
  const bits = size * 8;
  if (min == 0) return `>= 0${n} and < 2${n} ** ${bits}${n}`;
  return `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
}

/** Throws unless `value` fits in `size` bytes between `min` and `max`, and they in `buffer`. */
function checkWrite(buffer, value, min, max, offset, size) {
  if (value > max || value < min) {
    throw new ERR_OUT_OF_RANGE('value', describeRange(min, max, size), value);
  }
  checkOffset(buffer, offset, size);
}

module.exports = { checkOffset, checkWrite, failByteLength };
