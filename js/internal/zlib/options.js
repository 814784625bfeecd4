'use strict';
// Checks of the options that zlib's streams take.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');

// False for what is not given, NaN included.
function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  throw new ERR_OUT_OF_RANGE(name, 'a finite number', value);
}

function numberWithin(value, name, least, most, otherwise) {
  if (!validateFiniteNumber(value, name)) return otherwise;
  if (value < least || value > most) throw new ERR_OUT_OF_RANGE(name, `>= ${least} and <= ${most}`, value);
  return value;
}

module.exports = { numberWithin, validateFiniteNumber };
