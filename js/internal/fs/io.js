'use strict';
// Reading and writing open files: fs.read, write, readv, writev and their synchronous forms. The parts that the promise
// interface shares are exported as operations (see requests.js).

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateInteger, validateObject, kValidateObjectAllowNullable } = require('internal/validators');
const { encodingCode } = require('internal/fs/encoding');
const { CallbackRequest, now } = require('internal/fs/requests');
const {
  checkCallback, checkOffsetAndLength, checkWritten, getFd, getReadPosition, getView, getViews,
  getWritePosition,
} = require('internal/fs/validate');
const { Buffer } = require('buffer');

const kDefaultReadSize = 16 * 1024;

// ---------------------------------------------------------------------------
// Arguments: where a read or write shall happen, checked, as one object for each call.

function readPlaceOf(buffer, offset, length, position) {
  getView(buffer);
  if (offset == null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (length == null) length = buffer.byteLength - offset;
  else length |= 0;
  if (length !== 0) {
    if (buffer.byteLength === 0) throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
    checkOffsetAndLength(offset, length, buffer.byteLength);
  }
  return { buffer, offset, length, position: getReadPosition(position, length) };
}

// The same from an object of options, which may be missing.
function readPlaceByOptions(buffer, options) {
  if (options !== undefined) validateObject(options, 'options', kValidateObjectAllowNullable);
  return readPlaceOf(buffer, options?.offset, options?.length, options?.position);
}

function writePlaceOf(buffer, offset, length, position) {
  if (offset == null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  checkWritten(offset, length, buffer.byteLength);
  return { buffer, offset, length, position: getWritePosition(position) };
}

// `offset` may be an object of options in place of the three numbers.
function writePlaceByOptions(buffer, offset, length, position) {
  if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
  return writePlaceOf(buffer, offset, length, position);
}

// ---------------------------------------------------------------------------
// Operations

function readPlace(how, fd, { buffer, offset, length, position }) {
  const number = how.begin('read');
  if (number === 0) return how.end(ops.op_fs_read_sync(fd, buffer, offset, length, position));
  return how.end(ops.op_fs_read(number, fd, buffer, offset, length, position));
}

function writePlace(how, fd, { buffer, offset, length, position }) {
  const number = how.begin('write');
  if (number === 0) return how.end(ops.op_fs_write_sync(fd, buffer, offset, length, position));
  return how.end(ops.op_fs_write(number, fd, buffer, offset, length, position));
}

function writeText(how, fd, text, position, encoding) {
  return how.end(ops.op_fs_write_text(how.begin('write'), fd, text, getWritePosition(position), encodingCode(encoding)));
}

function vectored(how, fd, views, position, writes) {
  fd = getFd(fd);
  // A list of our own: the op must not meet a getter.
  views = [...getViews(views)];
  position = typeof position === 'number' ? position : -1;
  return how.end(ops.op_fs_vectored(how.begin('read'), fd, views, position, writes));
}

// ---------------------------------------------------------------------------
// fs.read, fs.readSync

// (fd, buffer, offset, length, position, callback), (fd, buffer, options, callback), (fd, options, callback) or (fd, callback).
function read(fd, buffer, offset, length, position, callback) {
  fd = getFd(fd);
  let where;
  if (arguments.length > 4) {
    where = readPlaceOf(buffer, offset, length, position);
  } else {
    let options;
    if (arguments.length === 4) {
      options = offset;
      callback = length;
    } else if (arguments.length === 3) {
      callback = offset;
      if (!ArrayBuffer.isView(buffer)) {
        options = buffer;
        buffer = options?.buffer;
        if (buffer === undefined) buffer = Buffer.alloc(kDefaultReadSize);
      }
    } else {
      callback = buffer;
      buffer = Buffer.alloc(kDefaultReadSize);
    }
    where = readPlaceByOptions(buffer, options);
  }
  checkCallback(callback);
  if (where.length === 0) {
    process.nextTick(callback, null, 0, where.buffer);
    return;
  }
  readPlace(new CallbackRequest(callback, where.buffer), fd, where);
}

function readSync(fd, buffer, offset, length, position) {
  fd = getFd(fd);
  getView(buffer);
  const where = arguments.length <= 3 || (offset !== null && typeof offset === 'object') ?
    readPlaceByOptions(buffer, offset) : readPlaceOf(buffer, offset, length, position);
  if (where.length === 0) return 0;
  return readPlace(now, fd, where);
}

// ---------------------------------------------------------------------------
// fs.write, fs.writeSync

// (fd, view, offset, length, position, callback), (fd, view, options, callback) or (fd, text, position, encoding, callback), of which
// everything between the data and the callback may be left out from the right.
function write(fd, data, offset, length, position, callback) {
  fd = getFd(fd);
  if (!ArrayBuffer.isView(data)) {
    writeTextLater(fd, data, offset, length, position);
    return;
  }
  callback ||= position || length || offset;
  checkCallback(callback);
  if (typeof offset === 'function') offset = undefined;
  writePlace(new CallbackRequest(callback, data), fd, writePlaceByOptions(data, offset, length, position));
}

function writeTextLater(fd, text, position, encoding, callback) {
  checkText(text);
  if (typeof position === 'function') {
    callback = position;
    position = undefined;
    encoding = 'utf8';
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = 'utf8';
  }
  checkTextEncoding(text, encoding);
  checkCallback(callback);
  writeText(new CallbackRequest(callback, text), fd, text, position, encoding);
}

function checkText(text) {
  if (typeof text !== 'string') throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], text);
}

// An unknown encoding is utf8, but half a byte is an error.
function checkTextEncoding(text, encoding) {
  if (text.length % 2 !== 0 && typeof encoding === 'string' && encoding.toLowerCase() === 'hex') {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${text.length}`);
  }
}

function writeSync(fd, data, offset, length, position) {
  fd = getFd(fd);
  if (ArrayBuffer.isView(data)) return writePlace(now, fd, writePlaceByOptions(data, offset, length, position));
  checkText(data);
  checkTextEncoding(data, length);
  return writeText(now, fd, data, offset, length);
}

// ---------------------------------------------------------------------------
// fs.readv, fs.writev

function makeVectored(writes) {
  return function(fd, buffers, position, callback) {
    fd = getFd(fd);
    getViews(buffers);
    callback = checkCallback(callback || position);
    if (buffers.length === 0) {
      process.nextTick(callback, null, 0, buffers);
      return;
    }
    vectored(new CallbackRequest(callback, buffers), fd, buffers, position, writes);
  };
}

const readv = makeVectored(false);
const writev = makeVectored(true);
Object.defineProperty(readv, 'name', { __proto__: null, value: 'readv' });
Object.defineProperty(writev, 'name', { __proto__: null, value: 'writev' });

function readvSync(fd, buffers, position) {
  return vectored(now, fd, buffers, position, false);
}

function writevSync(fd, buffers, position) {
  getFd(fd);
  if (getViews(buffers).length === 0) return 0;
  return vectored(now, fd, buffers, position, true);
}

module.exports = {
  checkText,
  checkTextEncoding,
  kDefaultReadSize,
  read,
  readPlace,
  readPlaceOf,
  readSync,
  readv,
  readvSync,
  vectored,
  write,
  writePlaceByOptions,
  writePlace,
  writeSync,
  writeText,
  writev,
  writevSync,
};
