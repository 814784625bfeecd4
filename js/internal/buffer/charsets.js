'use strict';
// Questions about what bytes are text in (isAscii, isUtf8), and transcode between encodings.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE },
  genericNodeError,
} = require('internal/errors');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { getEncoding } = require('internal/buffer/encodings');
const { isAnyArrayBuffer, isTypedArray, isUint8Array } = require('internal/buffer/views');

// ICU's numbers for what can go wrong.
const U_ILLEGAL_ARGUMENT_ERROR = 1;
const U_INVALID_CHAR_FOUND = 10;

function transcodeError(code, errno) {
  return genericNodeError(`Unable to transcode Buffer [${code}]`, { code, errno });
}

function bytesOf(input) {
  if (isTypedArray(input)) {
    if (input.buffer.detached) throw new ERR_INVALID_STATE('Cannot validate on a detached buffer');
    return input;
  }
  if (!isAnyArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  if (input.detached) throw new ERR_INVALID_STATE('Cannot validate on a detached buffer');
  return new Uint8Array(input);
}

function isUtf8(input) {
  return ops.op_os_buffer_is_utf8(bytesOf(input));
}

function isAscii(input) {
  return ops.op_os_buffer_is_ascii(bytesOf(input));
}

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return new FastBuffer();
  const from = getEncoding(fromEncoding);
  const to = getEncoding(toEncoding);
  // Codes 0 to 3 are the charsets; base64 and hex are not.
  if (from !== undefined && to !== undefined && from.code <= 3 && to.code <= 3) {
    const transcoded = ops.op_os_buffer_transcode(source, from.code, to.code);
    if (transcoded === null) throw transcodeError('U_INVALID_CHAR_FOUND', U_INVALID_CHAR_FOUND);
    return new FastBuffer(transcoded);
  }
  throw transcodeError('U_ILLEGAL_ARGUMENT_ERROR', U_ILLEGAL_ARGUMENT_ERROR);
}

module.exports = { isAscii, isUtf8, transcode };
