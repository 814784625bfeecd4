'use strict';
// zlib: the streams of internal/zlib, and for each a function that makes one, one that takes a whole buffer, and one that does so at once.

const { Buffer } = require('buffer');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const { processAll, processSync } = require('internal/zlib/stream');
const { codes, constants } = require('internal/zlib/constants');
const { Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip } = require('internal/zlib/deflate');
const { BrotliCompress, BrotliDecompress } = require('internal/zlib/brotli');
const { ZstdCompress, ZstdDecompress } = require('internal/zlib/zstd');

const streams = {
  Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress, ZstdDecompress,
};

function inputOf(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) {
    return value instanceof Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !isArrayBufferView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return ops.op_os_zlib_crc32(data, value);
}

module.exports = {
  crc32,
  ...streams,
};

for (const [name, Stream] of Object.entries(streams)) {
  const method = name[0].toLowerCase() + name.slice(1);
  const functions = {
    [`create${name}`](opts) {
      return new Stream(opts);
    },
    [method](buffer, opts, callback) {
      if (typeof opts === 'function') {
        callback = opts;
        opts = {};
      }
      validateFunction(callback, 'callback');
      const input = inputOf(buffer);
      processAll(new Stream(opts), input, callback);
    },
    [`${method}Sync`](buffer, opts) {
      const input = inputOf(buffer);
      const stream = new Stream(opts);
      const made = processSync(stream, input, stream._finishFlushFlag);
      return stream._info ? { buffer: made, engine: stream } : made;
    },
  };
  for (const key of Object.keys(functions)) {
    Object.defineProperty(module.exports, key, { __proto__: null, enumerable: true, value: functions[key] });
  }
}

Object.defineProperties(module.exports, {
  constants: { __proto__: null, enumerable: true, value: constants },
  codes: { __proto__: null, enumerable: true, value: codes },
});

// Older programs take the numbers from the module itself; Brotli's came later.
for (const [name, value] of Object.entries(constants)) {
  if (!name.startsWith('BROTLI_')) Object.defineProperty(module.exports, name, { __proto__: null, value });
}
