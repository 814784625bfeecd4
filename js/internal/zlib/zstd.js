'use strict';
// The streams of Zstandard.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_ZSTD_INVALID_PARAM } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { ZlibBase } = require('internal/zlib/stream');
const { constants } = require('internal/zlib/constants');
const { largestOf, parametersOf } = require('internal/zlib/parameters');

const { ZSTD_COMPRESS, ZSTD_DECOMPRESS, ZSTD_e_continue, ZSTD_e_end, ZSTD_e_flush } = constants;

const flushes = {
  flush: ZSTD_e_continue,
  finish: ZSTD_e_end,
  full: ZSTD_e_flush,
  largest: ZSTD_e_end,
  order: [ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end],
};

const LARGEST_OF_COMPRESSION = largestOf('ZSTD_c_');
const LARGEST_OF_DECOMPRESSION = largestOf('ZSTD_d_');

function dictionaryOf(opts) {
  const dictionary = opts?.dictionary;
  if (dictionary === undefined || isArrayBufferView(dictionary)) return dictionary;
  if (isAnyArrayBuffer(dictionary)) return new Uint8Array(dictionary);
  throw new ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

// How long the input is going to be; -1: nobody knows.
function pledgedSizeOf(opts) {
  const size = opts?.pledgedSrcSize;
  if (size === undefined) return -1;
  if (typeof size === 'number') return size;
  const error = new TypeError('pledgedSrcSize must be a number');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

class Zstd extends ZlibBase {
  constructor(opts, mode, largestNumber, pledgedSize) {
    const parameters = parametersOf(opts, largestNumber, ERR_ZSTD_INVALID_PARAM);
    const dictionary = dictionaryOf(opts);
    const handle = new ops.ZlibHandle();
    super(opts, mode, handle, flushes);
    if (handle.openZstd(mode, parameters, pledgedSize, dictionary)) return;
    const [message, code] = handle.failure();
    const error = new Error(message);
    error.code = code;
    throw error;
  }
}

class ZstdCompress extends Zstd {
  constructor(opts) {
    super(opts, ZSTD_COMPRESS, LARGEST_OF_COMPRESSION, pledgedSizeOf(opts));
  }
}

class ZstdDecompress extends Zstd {
  constructor(opts) {
    super(opts, ZSTD_DECOMPRESS, LARGEST_OF_DECOMPRESSION, -1);
  }
}

module.exports = { ZstdCompress, ZstdDecompress };
