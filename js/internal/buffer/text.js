'use strict';
// A Buffer's text: toString, write, and the methods that name their encoding (utf8Slice, hexWrite,
// ...). Encodings themselves are in internal/buffer/encodings.

const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_STRING_TOO_LONG, ERR_UNKNOWN_ENCODING },
  makeClass,
} = require('internal/errors');
const { validateInteger } = require('internal/validators');
const encodings = require('internal/buffer/encodings');
const { isArrayBufferView } = require('internal/buffer/views');

const NoString = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');

const { getEncoding, utf8 } = encodings;
const kMaxStringLength = ops.op_os_buffer_max_string_length();

/** The text of bytes [start, end), which lie within `buffer`. */
function decode(buffer, encoding, start, end) {
  const text = encoding.slice(buffer, start, end);
  if (text === null) throw new ERR_STRING_TOO_LONG(kMaxStringLength.toString(16));
  return text;
}

function toString(encoding, start, end) {
  if (arguments.length === 0) {
    const text = utf8.slice(this, 0, this.length);
    if (text === null) throw new ERR_STRING_TOO_LONG(kMaxStringLength.toString(16));
    return text;
  }

  const length = this.length;
  if (start === undefined || start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;

  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;

  if (end <= start) return '';
  if (encoding === undefined) return decode(this, utf8, start, end);
  const known = getEncoding(encoding);
  if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return decode(this, known, start, end);
}

/** write(string), write(string, encoding) and write(string, offset[, length][, encoding]). */
function write(string, offset, length, encoding) {
  if (typeof string !== 'string') throw new NoString();
  const size = this.length;

  if (offset === undefined) return utf8.write(this, string, 0, size);
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    offset = 0;
    length = size;
  } else {
    validateInteger(offset, 'offset', 0, size);
    const room = size - offset;
    if (length === undefined) {
      length = room;
    } else if (typeof length === 'string') {
      encoding = length;
      length = room;
    } else {
      validateInteger(length, 'length', 0, size);
      if (length > room) length = room;
    }
  }

  if (!encoding || encoding === 'utf8') return utf8.write(this, string, offset, length);
  const known = getEncoding(encoding);
  if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return known.write(this, string, offset, length);
}

function checkReceiver(buffer) {
  if (!isArrayBufferView(buffer)) throw new ERR_INVALID_ARG_TYPE('argument', ['Buffer', 'TypedArray'], buffer);
}

// These methods are native in Node, and say less about what is wrong.
function outOfRange() {
  const error = new RangeError('Index out of range');
  error.code = 'ERR_OUT_OF_RANGE';
  return error;
}

function sliceMethod(encoding) {
  return (start, end, buffer) => {
    checkReceiver(buffer);
    const length = buffer.byteLength;
    if (length === 0) return '';
    start = start === undefined ? 0 : Math.trunc(start) || 0;
    end = end === undefined ? length : Math.trunc(end) || 0;
    if (start < 0 || end < 0 || start > length || end > length) throw outOfRange();
    if (end <= start) return '';
    return decode(buffer, encoding, start, end);
  };
}

// As in Node, three of them refuse a length past the end and the others cut it.
const strictAboutLength = [encodings.ascii, encodings.latin1, encodings.utf8];

function writeMethod(encoding) {
  const strict = strictAboutLength.includes(encoding);
  return (string, offset, length, buffer) => {
    checkReceiver(buffer);
    if (typeof string !== 'string') throw new NoString();
    const size = buffer.byteLength;
    offset = offset === undefined ? 0 : Math.trunc(offset) || 0;
    if (offset < 0 || offset > size) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
    const room = size - offset;
    length = length === undefined ? room : Math.trunc(length) || 0;
    if (length < 0 || (strict && length > room)) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    return encoding.write(buffer, string, offset, length > room ? room : length);
  };
}

const methods = { toString, write };
const named = {
  '__proto__': null,
  'ascii': encodings.ascii,
  'base64': encodings.base64,
  'base64url': encodings.base64url,
  'latin1': encodings.latin1,
  'hex': encodings.hex,
  'ucs2': encodings.utf16le,
  'utf8': encodings.utf8,
};
for (const name of Object.keys(named)) {
  const sliceIn = sliceMethod(named[name]);
  const writeIn = writeMethod(named[name]);
  methods[`${name}Slice`] = {
    [`${name}Slice`](start, end) { return sliceIn(start, end, this); },
  }[`${name}Slice`];
  methods[`${name}Write`] = {
    [`${name}Write`](string, offset, length) { return writeIn(string, offset, length, this); },
  }[`${name}Write`];
}

module.exports = { methods, decode, kMaxStringLength };
