'use strict';
// What a Buffer does with bytes as bytes: compare, copy, fill, slice, swap. No text beyond a fill
// pattern's encoding.

const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_BUFFER_SIZE,
    ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { validateInteger, validateString } = require('internal/validators');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { getEncoding, utf8, latin1 } = require('internal/buffer/encodings');
const { isArrayBufferView, isUint8Array } = require('internal/buffer/views');

const typedArrayFill = Function.prototype.call.bind(Uint8Array.prototype.fill);

function requireBytes(value, name) {
  if (!isUint8Array(value)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
}

/** Buffer.compare: -1, 0 or 1. */
function compareTwo(buf1, buf2) {
  requireBytes(buf1, 'buf1');
  requireBytes(buf2, 'buf2');
  return buf1 === buf2 ? 0 : ops.op_os_buffer_compare(buf1, buf2);
}

function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  requireBytes(target, 'target');
  if (arguments.length === 1) return ops.op_os_buffer_compare(this, target);

  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);

  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return ops.op_os_buffer_compare_ranges(this, target, sourceStart, sourceEnd, targetStart, targetEnd);
}

function equals(otherBuffer) {
  requireBytes(otherBuffer, 'otherBuffer');
  if (this === otherBuffer) return true;
  if (this.byteLength !== otherBuffer.byteLength) return false;
  return this.byteLength === 0 || ops.op_os_buffer_compare(this, otherBuffer) === 0;
}

// What is no number, or too large to be an index, counts as 0.
function toIndex(value) {
  value = +value;
  if (Number.isNaN(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return 0;
  return Math.floor(value);
}

function isIndex(value) {
  return typeof value === 'number' && value >>> 0 === value;
}

function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!isArrayBufferView(this)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], this);
  if (!isArrayBufferView(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  const length = this.byteLength;

  if (targetStart === undefined) {
    targetStart = 0;
  } else {
    if (!isIndex(targetStart)) targetStart = toIndex(targetStart);
    if (targetStart < 0) throw new ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  }
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    if (!isIndex(sourceStart)) sourceStart = toIndex(sourceStart);
    if (sourceStart < 0 || sourceStart > length) {
      throw new ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${length}`, sourceStart);
    }
  }
  if (sourceEnd === undefined) {
    sourceEnd = length;
  } else {
    if (!isIndex(sourceEnd)) sourceEnd = toIndex(sourceEnd);
    if (sourceEnd < 0) throw new ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  }
  return ops.op_os_buffer_copy(this, target, targetStart, sourceStart, sourceEnd);
}

/** Fills [offset, end) of `buffer` with a number, a string or bytes, over and over. */
function fillRange(buffer, value, offset, end, encoding) {
  let known = utf8;
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    }
    if (encoding !== undefined && encoding !== null && encoding !== '') {
      validateString(encoding, 'encoding');
      known = getEncoding(encoding);
      if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
    }
    if (value.length === 0) {
      value = 0;
    } else if (value.length === 1) {
      const code = value.charCodeAt(0);
      if (code < 128 ? known === utf8 || known === latin1 : code < 256 && known === latin1) value = code;
    }
  }

  const length = buffer.length;
  if (offset === undefined) {
    offset = 0;
    end = length;
  } else {
    validateInteger(offset, 'offset', 0);
    if (end === undefined) end = length;
    else validateInteger(end, 'end', 0, length);
  }
  if (offset >= end) return buffer;
  // `length` may have been redefined; what it says is not where the memory ends.
  if (end > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS();

  if (typeof value === 'string') {
    if (!ops.op_os_buffer_fill_string(buffer, value, offset, end, known.code)) {
      throw new ERR_INVALID_ARG_VALUE('value', value);
    }
  } else if (isUint8Array(value)) {
    if (!ops.op_os_buffer_fill_bytes(buffer, value, offset, end)) throw new ERR_INVALID_ARG_VALUE('value', value);
  } else {
    typedArrayFill(buffer, value === undefined ? 0 : value, offset, end);
  }
  return buffer;
}

function fill(value, offset, end, encoding) {
  return fillRange(this, value, offset, end, encoding);
}

function clampIndex(index, length) {
  index = Math.trunc(index);
  // NaN and -0 too.
  if (!index) return 0;
  if (index < 0) {
    index += length;
    return index > 0 ? index : 0;
  }
  return index < length ? index : length;
}

function subarray(start, end) {
  const length = this.length;
  start = clampIndex(start, length);
  end = end === undefined ? length : clampIndex(end, length);
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
}

function slice(start, end) {
  return this.subarray(start, end);
}

// Calling into Rust pays from about this many bytes on.
const kSwapInJavaScript = 128;

function exchange(buffer, i, j) {
  const byte = buffer[i];
  buffer[i] = buffer[j];
  buffer[j] = byte;
}

function swap(buffer, unit, bits) {
  const length = buffer.length;
  if (length % unit !== 0) throw new ERR_INVALID_BUFFER_SIZE(bits);
  if (length >= kSwapInJavaScript) {
    ops.op_os_buffer_swap(buffer, unit);
    return buffer;
  }
  for (let start = 0; start < length; start += unit) {
    for (let i = 0; i < unit / 2; i++) exchange(buffer, start + i, start + unit - 1 - i);
  }
  return buffer;
}

Object.defineProperty(compareTwo, 'name', { __proto__: null, value: 'compare' });

module.exports = {
  compareTwo,
  fillRange,
  methods: {
    compare,
    equals,
    copy,
    fill,
    subarray,
    slice,
    swap16() { return swap(this, 2, '16-bits'); },
    swap32() { return swap(this, 4, '32-bits'); },
    swap64() { return swap(this, 8, '64-bits'); },
  },
};
