'use strict';
// Makes Buffers out of other things: text, array buffers, arrays, whatever converts to one of those.
// Also concat and copyBytesFrom, which copy bytes into a new Buffer.

const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { validateArray, validateInteger } = require('internal/validators');
const {
  FastBuffer, allocate, allocateWritten, createUnsafe, halfPool, kMaxLength,
} = require('internal/buffer/fast_buffer');
const { getEncoding, utf8 } = require('internal/buffer/encodings');
const { isAnyArrayBuffer, isTypedArray, isUint8Array } = require('internal/buffer/views');

const typedArraySet = Function.prototype.call.bind(Uint8Array.prototype.set);
const typedArrayFill = Function.prototype.call.bind(Uint8Array.prototype.fill);
const kUnmeasured = 2048;

function fromString(string, encoding) {
  let known = utf8;
  if (encoding !== undefined && encoding !== 'utf8' && typeof encoding === 'string' && encoding !== '') {
    known = getEncoding(encoding);
    if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  }
  const units = string.length;
  if (units === 0) return new FastBuffer();
  // Short text goes straight into the pool; longer text is measured first, not to waste the rest of it.
  const room = units * known.room;
  if (room < kUnmeasured && room < halfPool()) return allocateWritten(known.write, string, room);
  const length = known.byteLength(string);
  if (length < halfPool()) return allocateWritten(known.write, string, length);
  const buffer = createUnsafe(length);
  const written = known.write(buffer, string, 0, length);
  return written === length ? buffer : new FastBuffer(buffer.buffer, 0, written);
}

function fromArrayBuffer(arrayBuffer, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const room = arrayBuffer.byteLength - byteOffset;
  if (room < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');

  // Left undefined, the view follows a resizable array buffer's length.
  if (length !== undefined) {
    length = +length;
    if (length > 0) {
      if (length > room) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    } else {
      length = 0;
    }
  }
  return new FastBuffer(arrayBuffer, byteOffset, length);
}

function fromArrayLike(source) {
  const length = source.length;
  if (length <= 0) return new FastBuffer();
  if (length >= halfPool()) return new FastBuffer(source);
  const buffer = allocate(length);
  typedArraySet(buffer, source, 0);
  return buffer;
}

function fromObject(object) {
  if (object.length !== undefined || isAnyArrayBuffer(object.buffer)) {
    return typeof object.length === 'number' ? fromArrayLike(object) : new FastBuffer();
  }
  if (object.type === 'Buffer' && Array.isArray(object.data)) return fromArrayLike(object.data);
  return undefined;
}

function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);

  if (typeof value === 'object' && value !== null) {
    if (isTypedArray(value)) return fromArrayLike(value);
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);

    const primitive = value.valueOf && value.valueOf();
    if (primitive !== undefined && primitive !== null && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;

    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }

  throw new ERR_INVALID_ARG_TYPE(
    'first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
}

function copyBytesFrom(view, offset, length) {
  if (!isTypedArray(view)) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const elements = view.length;
  let start = 0;
  let end = elements;
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
    start = Math.min(offset, elements);
  }
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = Math.min(start + length, elements);
  }
  const { BYTES_PER_ELEMENT: unit } = view;
  return fromArrayLike(new Uint8Array(view.buffer, view.byteOffset + start * unit, (end - start) * unit));
}

function concat(list, length) {
  validateArray(list, 'list');
  const count = list.length;
  if (count === 0) return new FastBuffer();

  if (length === undefined) {
    length = 0;
    for (let i = 0; i < count; i++) {
      // `byteLength`, which unlike `length` nobody shadows; what is not bytes is refused below.
      length += list[i]?.byteLength || 0;
    }
  } else {
    validateInteger(length, 'length', 0, kMaxLength);
  }

  const buffer = allocate(length);
  let position = 0;
  for (let i = 0; i < count; i++) {
    const part = list[i];
    if (!isUint8Array(part)) {
      throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], part);
    }
    const size = part.byteLength;
    if (size === 0) continue;
    if (size <= length - position) {
      typedArraySet(buffer, part, position);
      position += size;
    } else {
      position += ops.op_os_buffer_copy(part, buffer, position, 0, size);
    }
  }
  // The memory was not cleared, and a `length` that was asked for may be more than there is.
  if (position < length) typedArrayFill(buffer, 0, position, length);
  return buffer;
}

module.exports = { from, copyBytesFrom, concat };
