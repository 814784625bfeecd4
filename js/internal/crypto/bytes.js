'use strict';

// What crypto's functions take for bytes, as a Uint8Array over the same memory.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

function viewBytes(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

// `value` is text in `encoding`, a view, or an array buffer.
function bytesOf(value, name, encoding) {
  if (typeof value === 'string') return viewBytes(Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding));
  if (isArrayBufferView(value)) return viewBytes(value);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

// Text in an output encoding, or a Buffer.
function encode(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

module.exports = { bytesOf, encode, viewBytes };
