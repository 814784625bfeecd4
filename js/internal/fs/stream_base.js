'use strict';
// What file streams of both directions share: where their descriptor comes from (a path, a number, a FileHandle), opening, waiting for
// the call under way before closing, and the functions of `fs` that a user may replace.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger } = require('internal/validators');
const { finished } = require('stream');
const { checkPath, getFd, toPathIfFileURL, getOptions } = require('internal/fs/validate');
const { kRef, kUnref } = require('internal/fs/handle_symbols');

const kFs = Symbol('kFs');
const kHandle = Symbol('kHandle');
const kBusy = Symbol('kIsPerformingIO');
const kIdle = Symbol('kIoDone');

// A copy that a stream may change, with what the options inherit.
function copyOptions(options) {
  const copy = {};
  for (const key in getOptions(options)) copy[key] = options[key];
  if (typeof options === 'string') copy.encoding = options;
  return copy;
}

// The functions of a FileHandle in the shape of the callback interface.
function handleFunctions(handle) {
  const settle = (promise, callback) => promise.then((result) => process.nextTick(callback, null, result),
    (err) => process.nextTick(callback, err));
  return {
    open() {
      throw new ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    close(fd, callback) {
      handle[kUnref]();
      settle(handle.close(), callback);
    },
    fsync(fd, callback) {
      settle(handle.sync(), callback);
    },
    read(fd, buffer, offset, length, position, callback) {
      settle(handle.read(buffer, offset, length, position),
        (err, result) => callback(err, result?.bytesRead, result?.buffer));
    },
    write(fd, buffer, offset, length, position, callback) {
      settle(handle.write(buffer, offset, length, position),
        (err, result) => callback(err, result?.bytesWritten, result?.buffer));
    },
    writev(fd, buffers, position, callback) {
      settle(handle.writev(buffers, position),
        (err, result) => callback(err, result?.bytesWritten, result?.buffers));
    },
  };
}

// Sets fd, or path, flags and mode. `needed` are the functions that a replacement of fs must have.
function takeSource(stream, path, options, publicFs, defaultFlags, needed) {
  const { fd } = options;
  if (fd === undefined || fd === null) {
    stream.fd = null;
    stream[kFs] = options.fs || publicFs;
    validateFunctions(stream[kFs], needed);
    stream.path = toPathIfFileURL(path);
    stream.flags = options.flags === undefined ? defaultFlags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
    checkPath(stream.path, 'path');
  } else if (typeof fd === 'number') {
    stream[kFs] = options.fs || publicFs;
    validateFunctions(stream[kFs], needed);
    stream.fd = getFd(fd);
  } else if (typeof fd === 'object' && typeof fd[kRef] === 'function') {
    if (options.fs) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kHandle] = fd;
    stream[kFs] = handleFunctions(fd);
    fd[kRef]();
    fd.on('close', () => stream.close());
    stream.fd = getFd(fd.fd);
  } else {
    throw new ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'signal');
}

function validateFunctions(fs, names) {
  for (const name of names) validateFunction(fs[name], `options.fs.${name}`);
}

function checkPosition(value, name) {
  validateInteger(value, name, 0);
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  // Subclasses from before streams knew construction have an open() of their own, which says by events how it went.
  if (this.open !== open) {
    const { emit } = this;
    this.emit = function(type, value, ...rest) {
      if (type !== 'open' && type !== 'error') return Reflect.apply(emit, this, [type, value, ...rest]);
      this.emit = emit;
      callback(type === 'error' ? value : undefined);
      return type === 'error' ? true : Reflect.apply(emit, this, [type, value, ...rest]);
    };
    this.open();
    return;
  }
  this[kFs].open(this.path, this.flags, this.mode, (err, fd) => {
    if (err) {
      callback(err);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', fd);
    this.emit('ready');
  });
}

// Nobody calls this; it is there to be replaced.
function open() {}

// Marks the beginning and the end of a call on the descriptor, which must not be closed meanwhile.
function beginCall(stream) {
  stream[kBusy] = true;
}

// False when the stream has been destroyed meanwhile and there is nothing more to do.
function endCall(stream, err) {
  stream[kBusy] = false;
  if (!stream.destroyed) return true;
  stream.emit(kIdle, err);
  return false;
}

function destroy(err, callback) {
  if (this[kBusy]) this.once(kIdle, (ioError) => closeDescriptor(this, err || ioError, callback));
  else closeDescriptor(this, err, callback);
}

function closeDescriptor(stream, err, callback) {
  const { fd } = stream;
  if (typeof fd !== 'number') {
    callback(err);
    return;
  }
  const close = (flushError) => {
    stream[kFs].close(fd, (closeError) => callback(closeError || flushError || err));
    stream.fd = null;
  };
  if (stream.flush && !err) stream[kFs].fsync(fd, close);
  else close();
}

// `side` is the state that says whether the stream closes its descriptor by itself.
function defineCommon(prototype, side) {
  Object.defineProperty(prototype, 'autoClose', {
    __proto__: null,
    configurable: true,
    get() {
      if (this[side] === undefined) throw new ERR_INVALID_THIS(this.constructor.name);
      return this[side].autoDestroy;
    },
    set(value) {
      this[side].autoDestroy = value;
    },
  });
  Object.defineProperty(prototype, 'pending', {
    __proto__: null,
    configurable: true,
    get() {
      return this.fd === null;
    },
  });
  prototype._construct = construct;
  prototype._destroy = destroy;
  prototype.open = open;
}

function closeAndTell(stream, callback) {
  finished(stream, callback);
  stream.destroy(null);
}

module.exports = {
  beginCall,
  checkPosition,
  closeAndTell,
  copyOptions,
  defineCommon,
  endCall,
  kFs,
  takeSource,
};
