'use strict';

// Random bytes, integers and names.

const { FastBuffer } = require('internal/buffer/fast_buffer');
const {
  ErrnoException,
  codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView, isFloat16Array, isFloat32Array, isFloat64Array } = require('internal/util/types');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');

const MAX_SIZE = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;
const QUOTA = 65536;

function fill(bytes) {
  const err = ops.op_crypto_random_fill(bytes);
  if (err !== 0) throw new ErrnoException(err, 'getrandom');
}

function checkSize(value, name, limit) {
  validateNumber(value, name);
  if (Number.isNaN(value) || value > limit || value < 0) throw new ERR_OUT_OF_RANGE(name, `>= 0 && <= ${limit}`, value);
  return value >>> 0;
}

function randomBytes(size, callback) {
  size = checkSize(size, 'size', MAX_SIZE);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = new FastBuffer(size);
  fill(bytes);
  if (callback === undefined) return bytes;
  setImmediate(callback, null, bytes);
  return undefined;
}

// The bytes of `buffer` that are meant by offset and size, which count its elements.
function rangeOf(buffer, offset, size) {
  if (!isAnyArrayBuffer(buffer) && !isArrayBufferView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  const unit = buffer.BYTES_PER_ELEMENT ?? 1;
  const length = buffer.byteLength;
  const start = offset === undefined ? 0 : checkSize(offset, 'offset', Math.min(length / unit, MAX_SIZE)) * unit;
  const count = size === undefined ? length - start : checkSize(size, 'size', MAX_SIZE) * unit;
  if (count + start > length) throw new ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, count + start);
  return new Uint8Array(buffer.buffer ?? buffer, (buffer.byteOffset ?? 0) + start, count);
}

function randomFillSync(buffer, offset, size) {
  fill(rangeOf(buffer, offset, size));
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') {
    [offset, size, callback] = [undefined, undefined, offset];
  } else if (typeof size === 'function') {
    [size, callback] = [undefined, size];
  }
  const range = rangeOf(buffer, offset, size);
  validateFunction(callback, 'callback');
  fill(range);
  setImmediate(callback, null, buffer);
}

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (range > MAX_RANGE) throw new ERR_OUT_OF_RANGE(max === range ? 'max' : 'max - min', `<= ${MAX_RANGE}`, range);

  // Numbers of the last, incomplete run through the range are thrown away: they would favour its beginning.
  const limit = MAX_RANGE - (MAX_RANGE % range);
  const bytes = new FastBuffer(6);
  let value;
  do {
    fill(bytes);
    value = bytes.readUIntBE(0, 6);
  } while (value >= limit);
  value = value % range + min;
  if (callback === undefined) return value;
  process.nextTick(callback, undefined, value);
  return undefined;
}

function randomUUID(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  }
  return ops.op_os_random_uuid();
}

// The web's form.
function getRandomValues(array) {
  const isFloat = isFloat16Array(array) || isFloat32Array(array) || isFloat64Array(array);
  if (!ArrayBuffer.isView(array) || array instanceof DataView || isFloat) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > QUOTA) {
    throw new DOMException(
      `The requested length exceeds ${QUOTA} bytes`, 'QuotaExceededError');
  }
  fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return array;
}

module.exports = { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID };
