'use strict';
// The arguments of fs functions: paths, flags, modes, options, times, and the parts of buffers. Each function throws
// Node's error or returns what the op takes.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateInteger, validateObject, validateOneOf,
  validateUint32,
} = require('internal/validators');
const { normalizeEncoding } = require('internal/util/encoding_names');
const constants = require('internal/fs/constants');

const {
  O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY, F_OK, R_OK, W_OK, X_OK, COPYFILE_EXCL,
  COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE,
} = constants;

const kMaxUserId = 2 ** 32 - 1;

// ---------------------------------------------------------------------------
// Paths

function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function toPathIfFileURL(value) {
  if (value === null || typeof value !== 'object' || !isURL(value)) return value;
  // url is a lower layer; most programs never pass one.
  return require('url').fileURLToPath(value);
}

function hasNullByte(path) {
  return typeof path === 'string' ? path.includes('\u0000') : path.includes(0);
}

function checkPath(path, name) {
  if (typeof path !== 'string' && !(path instanceof Uint8Array)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  }
  if (hasNullByte(path)) {
    throw new ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  }
}

// A string or a Uint8Array.
function getPath(value, name = 'path') {
  if (typeof value === 'string') {
    if (!value.includes('\u0000')) return value;
    checkPath(value, name);
  }
  const path = toPathIfFileURL(value);
  checkPath(path, name);
  return path;
}

function getFd(fd) {
  if (fd === 0 && Object.is(fd, -0)) return 0;
  validateInt32(fd, 'fd', 0, 2147483647);
  return fd;
}

// ---------------------------------------------------------------------------
// Flags and modes

const openFlags = {
  __proto__: null,
  'r': O_RDONLY,
  'rs': O_RDONLY | O_SYNC,
  'r+': O_RDWR,
  'rs+': O_RDWR | O_SYNC,
  'w': O_TRUNC | O_CREAT | O_WRONLY,
  'wx': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'a': O_APPEND | O_CREAT | O_WRONLY,
  'ax': O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'as': O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};
for (const [alias, name] of [
  ['sr', 'rs'], ['sr+', 'rs+'], ['xw', 'wx'], ['xw+', 'wx+'], ['xa', 'ax'], ['xa+', 'ax+'], ['sa', 'as'], ['sa+', 'as+'],
]) {
  openFlags[alias] = openFlags[name];
}

function getFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags == null) return O_RDONLY;
  const number = typeof flags === 'string' ? openFlags[flags] : undefined;
  if (number === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return number;
}

function getBits(value, fallback, allowed) {
  if (value == null) return fallback;
  validateInteger(value, 'mode', 0, allowed);
  return value;
}

const getAccessMode = (mode) => getBits(mode, F_OK, F_OK | R_OK | W_OK | X_OK);
const getCopyMode = (mode) => getBits(mode, 0, COPYFILE_EXCL | COPYFILE_FICLONE | COPYFILE_FICLONE_FORCE);

const getUserId = (id, name) => {
  validateInteger(id, name, -1, kMaxUserId);
  return id >>> 0;
};

// Means nothing here, but a wrong one is an error everywhere.
function checkSymlinkType(type) {
  validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
}

// ---------------------------------------------------------------------------
// Options

function checkEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && normalizeEncoding(encoding) === undefined) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

// An object with `encoding`, and whatever else `options` and `defaults` have.
function getOptions(options, defaults = kNoOptions) {
  if (options == null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  if (typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  if (options.encoding !== 'buffer') checkEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}
const kNoOptions = Object.freeze({ __proto__: null });

function checkCallback(callback) {
  validateFunction(callback, 'cb');
  return callback;
}

// ---------------------------------------------------------------------------
// Times

// Seconds since 1970.
function getTime(time, name = 'time') {
  if (typeof time === 'string' && +time == time) return +time; // eslint-disable-line eqeqeq -- '1' and '1.0' alike
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (core.isDate(time)) return Number(time) / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

// ---------------------------------------------------------------------------
// Buffers

function getView(buffer) {
  if (!ArrayBuffer.isView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
  return buffer;
}

function getViews(views, name = 'buffers') {
  if (!Array.isArray(views)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', views);
  for (const view of views) {
    if (!ArrayBuffer.isView(view)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', views);
  }
  return views;
}

function checkOffsetAndLength(offset, length, byteLength) {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > byteLength) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
}

function checkWritten(offset, length, byteLength) {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
}

// -1 for "where the descriptor stands".
function getReadPosition(position, length) {
  if (position == null) return -1;
  if (typeof position === 'number') {
    validateInteger(position, 'position', -1);
    return position;
  }
  if (typeof position === 'bigint') {
    const max = 2n ** 63n - 1n - BigInt(length);
    if (position < -1n || position > max) throw new ERR_OUT_OF_RANGE('position', `>= -1 && <= ${max}`, position);
    return Number(position);
  }
  throw new ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
}

const getWritePosition = (position) => (typeof position === 'number' ? position : -1);

// ---------------------------------------------------------------------------
// rm

const rmDefaults = { force: false, recursive: false, retryDelay: 100, maxRetries: 0 };

function getRmOptions(options) {
  if (options === undefined) return rmDefaults;
  validateObject(options, 'options');
  const given = { ...rmDefaults, ...options };
  validateBoolean(given.force, 'options.force');
  validateBoolean(given.recursive, 'options.recursive');
  validateInt32(given.retryDelay, 'options.retryDelay', 0);
  validateUint32(given.maxRetries, 'options.maxRetries');
  return given;
}

module.exports = {
  checkCallback,
  checkEncoding,
  checkOffsetAndLength,
  checkPath,
  checkSymlinkType,
  checkWritten,
  getAccessMode,
  getCopyMode,
  getFd,
  getFlags,
  getOptions,
  getPath,
  getReadPosition,
  getRmOptions,
  getTime,
  getUserId,
  getView,
  getViews,
  getWritePosition,
  toPathIfFileURL,
};
