'use strict';

// The public 'zlib' module: deflate, gzip and raw streams. Brotli and Zstandard are not there yet.

const { absent } = require('internal/absent');
const { validateUint32 } = require('internal/validators');
const { codes, constants } = require('internal/zlib/constants');
const { ZlibBase } = require('internal/zlib/stream');
const { bytesOf, makeAsync, makeSync } = require('internal/zlib/whole');

let warned = false;

// Functions and not classes: they may be called without new, and on the objects of programs' own constructors.
function makeClass(name, mode) {
  const constructor = {
    [name]: function(options) {
      if (!(this instanceof constructor)) {
        warnWithoutNew(name);
        return new constructor(options);
      }
      ZlibBase.call(this, options, mode);
    },
  }[name];
  Object.setPrototypeOf(constructor, ZlibBase);
  constructor.prototype = Object.create(ZlibBase.prototype, {
    constructor: { __proto__: null, value: constructor, writable: true, configurable: true },
  });
  return constructor;
}

function warnWithoutNew(name) {
  if (warned) return;
  warned = true;
  process.emitWarning(
    `Instantiating ${name} without the 'new' keyword has been deprecated.`, 'DeprecationWarning', 'DEP0184');
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  const bytes = bytesOf(data);
  return ops.op_zlib_crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), value);
}

const exported = { crc32, codes };

for (const [name, method, mode] of [
  ['Deflate', 'deflate', constants.DEFLATE],
  ['Inflate', 'inflate', constants.INFLATE],
  ['Gzip', 'gzip', constants.GZIP],
  ['Gunzip', 'gunzip', constants.GUNZIP],
  ['DeflateRaw', 'deflateRaw', constants.DEFLATERAW],
  ['InflateRaw', 'inflateRaw', constants.INFLATERAW],
  ['Unzip', 'unzip', constants.UNZIP],
]) {
  const Stream = makeClass(name, mode);
  const create = `create${name}`;
  const sync = `${method}Sync`;
  exported[name] = Stream;
  exported[method] = makeAsync(Stream, method);
  exported[sync] = makeSync(Stream, sync);
  exported[create] = { [create]: (options) => new Stream(options) }[create];
}

Object.assign(exported, absent('zlib', {
  classes: ['BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress'],
  functions: [
    'brotliCompress', 'brotliCompressSync', 'brotliDecompress', 'brotliDecompressSync', 'createBrotliCompress', 'createBrotliDecompress',
    'createZstdCompress', 'createZstdDecompress', 'zstdCompress', 'zstdCompressSync', 'zstdDecompress', 'zstdDecompressSync',
  ],
}));

Object.defineProperties(exported, {
  constants: { __proto__: null, enumerable: true, value: constants },
  codes: { __proto__: null, enumerable: true, value: codes },
});

module.exports = exported;
