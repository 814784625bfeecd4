'use strict';
// require('buffer'): puts Buffer together from internal/buffer/* and exports it with its relatives.
// How bytes and text are handled is in those files.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { normalizeEncoding } = require('internal/util/encoding_names');
const {
  FastBuffer, allocate, createUnsafe, kMaxLength, kPoolSize, setPoolOwner,
} = require('internal/buffer/fast_buffer');
const { getEncoding } = require('internal/buffer/encodings');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/buffer/views');
const { from, copyBytesFrom, concat } = require('internal/buffer/from');
const bytes = require('internal/buffer/bytes');
const text = require('internal/buffer/text');
const { warnAboutConstructor } = require('internal/buffer/deprecation');
const { inspectBuffer, getInspectMaxBytes, setInspectMaxBytes } = require('internal/buffer/inspect');
const { atob, btoa } = require('internal/buffer/base64');
const { Blob, File, resolveObjectURL } = require('internal/blob');
const { isAscii, isUtf8, transcode } = require('internal/buffer/charsets');

const { kMaxStringLength } = text;

// Buffer.prototype is FastBuffer.prototype, so that V8 makes Buffers as it makes its own arrays, while
// `Buffer` itself can be called without `new`.
function Buffer(arg, encodingOrOffset, length) {
  warnAboutConstructor();
  if (typeof arg !== 'number') return from(arg, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw new ERR_INVALID_ARG_TYPE('string', 'string', arg);
  return alloc(arg);
}
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});

function alloc(size, fill, encoding) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (fill === undefined || fill === 0 || size <= 0) return new FastBuffer(size);
  const buffer = createUnsafe(size);
  return bytes.fillRange(buffer, fill, 0, buffer.length, encoding);
}

function byteLength(string, encoding) {
  if (typeof string === 'string') {
    if (encoding === undefined || encoding === 'utf8') return ops.op_os_buffer_byte_length_utf8(string);
  } else {
    if (isArrayBufferView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  const known = encoding ? getEncoding(encoding) : undefined;
  return (known ?? getEncoding('utf8')).byteLength(string);
}

Buffer.poolSize = kPoolSize;
setPoolOwner(Buffer);

Buffer.from = function(value, encodingOrOffset, length) {
  return from(value, encodingOrOffset, length);
};
// Functions and not methods: Node's can be called with `new`.
Object.assign(Buffer, {
  copyBytesFrom,

  of: function of(...items) {
    const buffer = allocate(items.length);
    for (let i = 0; i < items.length; i++) buffer[i] = items[i];
    return buffer;
  },

  alloc,

  allocUnsafe: function allocUnsafe(size) {
    validateNumber(size, 'size', 0, kMaxLength);
    return allocate(size);
  },

  allocUnsafeSlow: function allocUnsafeSlow(size) {
    validateNumber(size, 'size', 0, kMaxLength);
    return createUnsafe(size);
  },

  isBuffer: function isBuffer(b) { return b instanceof Buffer; },

  compare: bytes.compareTwo,

  isEncoding: function isEncoding(encoding) {
    return typeof encoding === 'string' && encoding.length !== 0 && normalizeEncoding(encoding) !== undefined;
  },

  concat,
  byteLength,
});
Object.defineProperty(Buffer.from, 'name', { __proto__: null, value: 'from', configurable: true });

Object.defineProperty(Buffer, 'prototype', {
  __proto__: null,
  value: FastBuffer.prototype,
  writable: true,
});
const { prototype } = Buffer;
prototype.constructor = Buffer;

// Uint8Array's own accessors, under the names that Buffer once had.
function deprecatedAlias(name, target) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    enumerable: true,
    get() { return this instanceof Buffer ? this[target] : undefined; },
  });
}
deprecatedAlias('parent', 'buffer');
deprecatedAlias('offset', 'byteOffset');

function toJSON() {
  const data = new Array(this.length);
  for (let i = 0; i < data.length; i++) data[i] = this[i];
  return { type: 'Buffer', data };
}

const integers = require('internal/buffer/integers');
const wideNumbers = require('internal/buffer/wide_numbers');
Object.assign(prototype, bytes.methods, text.methods, require('internal/buffer/search'), integers, wideNumbers, {
  toJSON,
  toLocaleString: text.methods.toString,
  inspect: inspectBuffer,
  [Symbol.for('nodejs.util.inspect.custom')]: inspectBuffer,
});
for (const name of [...Object.keys(integers), ...Object.keys(wideNumbers)]) {
  if (name.includes('UInt')) prototype[name.replace('UInt', 'Uint')] = prototype[name];
}

const constants = Object.defineProperties({}, {
  MAX_LENGTH: { __proto__: null, enumerable: true, value: kMaxLength },
  MAX_STRING_LENGTH: { __proto__: null, enumerable: true, value: kMaxStringLength },
});

module.exports = {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength: kMaxStringLength,
  btoa,
  atob,
  Blob,
  resolveObjectURL,
  File,
};
Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: getInspectMaxBytes,
    set: setInspectMaxBytes,
  },
});
