'use strict';
// Finding bytes or text in a Buffer: indexOf, lastIndexOf, includes. Node's argument forms are sorted
// out here; the search itself is in Rust.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING } } = require('internal/errors');
const { validateBuffer } = require('internal/validators');
const { getEncoding, utf8, utf16le } = require('internal/buffer/encodings');
const { isArrayBufferView, isUint8Array } = require('internal/buffer/views');

function search(buffer, value, byteOffset, encoding, forward) {
  if (!isArrayBufferView(buffer)) validateBuffer(buffer);

  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  }
  if (byteOffset === undefined) {
    byteOffset = forward ? 0 : buffer.byteLength;
  } else if (typeof byteOffset !== 'number' || byteOffset >>> 0 !== byteOffset) {
    byteOffset = Math.trunc(+byteOffset);
    if (Number.isNaN(byteOffset)) byteOffset = forward ? 0 : buffer.byteLength;
  }

  if (typeof value === 'number') return ops.op_os_buffer_index_of_number(buffer, value & 0xff, byteOffset, forward);

  const known = encoding === undefined ? utf8 : getEncoding(encoding);
  if (typeof value === 'string') {
    if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
    return ops.op_os_buffer_index_of_string(buffer, value, byteOffset, forward, known.code);
  }
  if (isUint8Array(value)) {
    return ops.op_os_buffer_index_of_bytes(buffer, value, byteOffset, forward, known === utf16le);
  }
  throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

// Plain functions rather than methods: Node's can be called with `new`.
function indexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true);
}

function lastIndexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, false);
}

function includes(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true) !== -1;
}

module.exports = { indexOf, lastIndexOf, includes };
