'use strict';

// High-water marks: the process-wide defaults and reading one from a stream's options.

const { validateInteger } = require('internal/validators');
const {
  codes: { ERR_INVALID_ARG_VALUE },
} = require('internal/errors');

let defaultBytes = 64 * 1024;
let defaultObjects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjects : defaultBytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  validateInteger(value, 'value', 0);
  if (objectMode) defaultObjects = value;
  else defaultBytes = value;
}

// `highWaterMark` speaks for both sides of a duplex; `sideKey` (readableHighWaterMark,
// writableHighWaterMark) is looked at only where there are two sides.
function highWaterMarkOf(options, sideKey, isDuplex, objectMode) {
  let name = 'highWaterMark';
  let value = options.highWaterMark;
  if (isDuplex && (value === undefined || value === null)) {
    name = sideKey;
    value = options[sideKey];
  }
  if (value === undefined || value === null) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(value) || value < 0) {
    throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  }
  return value;
}

module.exports = { getDefaultHighWaterMark, setDefaultHighWaterMark, highWaterMarkOf };
