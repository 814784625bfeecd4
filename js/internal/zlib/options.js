'use strict';

// The options of zlib's streams: what is given, checked, and the defaults for the rest.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { validateObject } = require('internal/validators');
const { kMaxLength } = require('buffer');
const { constants } = require('internal/zlib/constants');

// A number within bounds; what is missing or no number at all is the default.
function numberOr(fallback, value, name, lower, upper) {
  if (!isGiven(value, name)) return fallback;
  if (value < lower || value > upper) throw new ERR_OUT_OF_RANGE(name, `>= ${lower} and <= ${upper}`, value);
  return value;
}

function isGiven(value, name) {
  if (value === undefined || Number.isNaN(value)) return false;
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isFinite(value)) throw new ERR_OUT_OF_RANGE(name, 'a finite number', value);
  return true;
}

const readers = new Set([constants.INFLATE, constants.GUNZIP, constants.UNZIP]);

// A reader takes the window's size from what it reads.
function windowBitsOf(options, mode) {
  const value = options?.windowBits;
  if (readers.has(mode) && (value == null || value === 0)) return 0;
  const least = mode === constants.GZIP ? 9 : constants.Z_MIN_WINDOWBITS;
  return numberOr(constants.Z_DEFAULT_WINDOWBITS, value, 'options.windowBits', least, constants.Z_MAX_WINDOWBITS);
}

function dictionaryOf(options) {
  const dictionary = options?.dictionary;
  if (dictionary === undefined) return undefined;
  if (isArrayBufferView(dictionary)) return new Uint8Array(dictionary.buffer, dictionary.byteOffset, dictionary.byteLength);
  if (isAnyArrayBuffer(dictionary)) return new Uint8Array(dictionary);
  throw new ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

function chunkSizeOf(options) {
  const size = options?.chunkSize;
  if (!isGiven(size, 'options.chunkSize')) return constants.Z_DEFAULT_CHUNK;
  if (size < constants.Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${constants.Z_MIN_CHUNK}`, size);
  return size;
}

// All of them for a stream of `mode`.
function readOptions(options, mode) {
  if (options != null) validateObject(options, 'options');
  const { Z_NO_FLUSH, Z_FINISH, Z_BLOCK, Z_DEFAULT_COMPRESSION } = constants;
  return {
    chunkSize: chunkSizeOf(options),
    flush: numberOr(Z_NO_FLUSH, options?.flush, 'options.flush', Z_NO_FLUSH, Z_BLOCK),
    finishFlush: numberOr(Z_FINISH, options?.finishFlush, 'options.finishFlush', Z_NO_FLUSH, Z_BLOCK),
    maxOutputLength: numberOr(kMaxLength, options?.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength),
    windowBits: windowBitsOf(options, mode),
    level: numberOr(Z_DEFAULT_COMPRESSION, options?.level, 'options.level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL),
    memLevel: numberOr(
      constants.Z_DEFAULT_MEMLEVEL, options?.memLevel, 'options.memLevel', constants.Z_MIN_MEMLEVEL, constants.Z_MAX_MEMLEVEL),
    strategy: numberOr(
      constants.Z_DEFAULT_STRATEGY, options?.strategy, 'options.strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED),
    dictionary: dictionaryOf(options),
    info: Boolean(options?.info),
    rejectGarbageAfterEnd: Boolean(options?.rejectGarbageAfterEnd),
  };
}

function checkLevel(level) {
  return numberOr(undefined, level, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
}

function checkStrategy(strategy) {
  return numberOr(undefined, strategy, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
}

module.exports = { checkLevel, checkStrategy, readOptions };
