'use strict';
// The streams of DEFLATE: raw, in zlib's wrapping and in gzip's.

const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { checkRangesOrGetDefault } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { ZlibBase, errorOf, opened, warnWithoutNew } = require('internal/zlib/stream');
const { constants } = require('internal/zlib/constants');

const {
  DEFLATE, DEFLATERAW, GUNZIP, GZIP, INFLATE, INFLATERAW, UNZIP,
  Z_BLOCK, Z_DEFAULT_COMPRESSION, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_STRATEGY, Z_DEFAULT_WINDOWBITS, Z_FINISH, Z_FIXED, Z_FULL_FLUSH,
  Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS, Z_NO_FLUSH, Z_PARTIAL_FLUSH,
  Z_SYNC_FLUSH,
} = constants;

const flushes = {
  flush: Z_NO_FLUSH,
  finish: Z_FINISH,
  full: Z_FULL_FLUSH,
  largest: Z_BLOCK,
  order: [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH],
};

function Zlib(opts, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (opts) {
    // 0 says: as large as the compressed stream names it.
    if ((opts.windowBits == null || opts.windowBits === 0) && (mode === INFLATE || mode === GUNZIP || mode === UNZIP)) {
      windowBits = 0;
    } else {
      // A raw stream or gzip cannot have the smallest window.
      const least = mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS;
      windowBits = checkRangesOrGetDefault(opts.windowBits, 'options.windowBits', least, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = checkRangesOrGetDefault(opts.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = checkRangesOrGetDefault(opts.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = checkRangesOrGetDefault(opts.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = opts.dictionary;
    if (dictionary !== undefined && !isArrayBufferView(dictionary)) {
      if (!isAnyArrayBuffer(dictionary)) {
        throw new ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
      }
      dictionary = new Uint8Array(dictionary);
    }
  }
  const handle = new ops.ZlibHandle();
  // zlib writes a window of 512 bytes where one of 256 was asked for, and says so in a wrapping only.
  const bits = windowBits === 8 && mode === DEFLATERAW ? 9 : windowBits;
  ZlibBase.call(this, opts, mode, handle, flushes);
  opened(handle, handle.open(mode, bits, level, memLevel, strategy, dictionary));
  this._level = level;
  this._strategy = strategy;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

// From the next piece on. What was written before comes out under the old settings.
Zlib.prototype.params = function(level, strategy, callback) {
  level = checkRangesOrGetDefault(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
  strategy = checkRangesOrGetDefault(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
  if (this._level === level && this._strategy === strategy) {
    if (callback) nextTick(callback);
    return;
  }
  this.flush(Z_SYNC_FLUSH, () => {
    if (this.destroyed) return;
    if (!this._handle.params(level, strategy)) {
      this.destroy(errorOf(this._handle));
      return;
    }
    this._level = level;
    this._strategy = strategy;
    if (callback) callback();
  });
};

function define(name, mode) {
  // The name is the class's, also where it is called without `new`.
  const { [name]: Stream } = {
    [name]: function(opts) {
      if (!(this instanceof Stream)) {
        warnWithoutNew(name);
        return new Stream(opts);
      }
      Zlib.call(this, opts, mode);
    },
  };
  Object.setPrototypeOf(Stream.prototype, Zlib.prototype);
  Object.setPrototypeOf(Stream, Zlib);
  return Stream;
}

module.exports = {
  Deflate: define('Deflate', DEFLATE),
  DeflateRaw: define('DeflateRaw', DEFLATERAW),
  Gunzip: define('Gunzip', GUNZIP),
  Gzip: define('Gzip', GZIP),
  Inflate: define('Inflate', INFLATE),
  InflateRaw: define('InflateRaw', INFLATERAW),
  Unzip: define('Unzip', UNZIP),
};
