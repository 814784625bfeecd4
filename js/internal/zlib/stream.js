'use strict';
// What all of zlib's streams have in common: a Transform whose pieces go through a native handle (ext_os/src/zlib), on the pool or at once. Each
// kind opens its handle in deflate.js, brotli.js or zstd.js.

const { Transform, finished } = require('stream');
const { Buffer, kMaxLength } = require('buffer');
const { nextTick } = require('internal/process/task_queues');
const {
  codes: { ERR_BUFFER_TOO_LARGE, ERR_OUT_OF_RANGE, ERR_TRAILING_JUNK_AFTER_STREAM_END, ERR_ZLIB_INITIALIZATION_FAILED },
} = require('internal/errors');
const { checkRangesOrGetDefault, validateBoolean, validateFiniteNumber } = require('internal/validators');
const { constants: { Z_DEFAULT_CHUNK, Z_MIN_CHUNK } } = require('internal/zlib/constants');

const kFlushFlag = Symbol('kFlushFlag');
const kError = Symbol('kError');
const kState = Symbol('kState');

// The piece that is under way, and where its output goes.
class Work {
  constructor() {
    this.output = null;
    this.offset = 0;
    this.input = null;
    this.flush = 0;
    this.done = null;
  }
}

// `flushes` are the numbers { flush, finish, full } that stand for no flush, the end, and a full one; `order` says which of two goes further.
function ZlibBase(opts, mode, handle, flushes) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let { flush, finish } = flushes;
  if (opts) {
    chunkSize = opts.chunkSize;
    if (!validateFiniteNumber(chunkSize, 'options.chunkSize')) chunkSize = Z_DEFAULT_CHUNK;
    else if (chunkSize < Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
    flush = checkRangesOrGetDefault(opts.flush, 'options.flush', 0, flushes.largest, flush);
    finish = checkRangesOrGetDefault(opts.finishFlush, 'options.finishFlush', 0, flushes.largest, finish);
    maxOutputLength = checkRangesOrGetDefault(opts.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (opts.rejectGarbageAfterEnd !== undefined) validateBoolean(opts.rejectGarbageAfterEnd, 'options.rejectGarbageAfterEnd');
    // Bytes go in and out, whatever was asked for.
    if (opts.encoding || opts.objectMode || opts.writableObjectMode) {
      opts = { ...opts, encoding: null, objectMode: false, writableObjectMode: false };
    }
  }
  Transform.call(this, { autoDestroy: true, ...opts });
  this[kError] = null;
  this[kState] = new Work();
  this.bytesWritten = 0;
  this._handle = handle;
  this._mode = mode;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finish;
  this._defaultFullFlushFlag = flushes.full;
  this._flushOrder = flushes.order;
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = opts?.rejectGarbageAfterEnd === true;
  this._info = Boolean(opts?.info);
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this._handle === null;
  },
});

// The error of what a handle has failed at.
function errorOf(handle) {
  const [message, code, errno] = handle.failure();
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

// For the kinds: what cannot be opened is no stream.
function opened(handle, succeeded) {
  if (succeeded) return;
  const [, code] = handle.failure();
  const error = new ERR_ZLIB_INITIALIZATION_FAILED();
  if (code !== undefined && code.startsWith('ERR_BROTLI')) error.cause = errorOf(handle);
  throw error;
}

ZlibBase.prototype.reset = function() {
  if (this._handle === null) throw new TypeError('zlib binding closed');
  if (!this._handle.reset()) throw errorOf(this._handle);
};

ZlibBase.prototype._flush = function(callback) {
  this._transform(Buffer.alloc(0), '', callback);
};

ZlibBase.prototype._final = function(callback) {
  callback();
};

ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    const marker = Buffer.alloc(0);
    marker[kFlushFlag] = kind;
    this.write(marker, '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(err, callback) {
  closeHandle(this);
  callback(err);
};

function closeHandle(stream) {
  const handle = stream._handle;
  stream._handle = null;
  handle?.close();
}

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flush = this._defaultFlushFlag;
  if (typeof chunk[kFlushFlag] === 'number') {
    flush = chunk[kFlushFlag];
  } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    // The last piece: finish with it.
    flush = further(this._flushOrder, flush, this._finishFlushFlag);
  }
  if (this._handle === null) {
    nextTick(callback);
    return;
  }
  const state = this[kState];
  state.input = chunk;
  state.flush = flush;
  state.done = callback;
  step(this);
};

function further(order, a, b) {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function room(stream) {
  const state = stream[kState];
  if (state.output === null || state.offset >= state.output.length) {
    state.output = Buffer.allocUnsafeSlow(stream._chunkSize);
    state.offset = 0;
  }
  return state.output;
}

function step(stream) {
  const { input, flush } = stream[kState];
  stream._handle.write(flush, input, room(stream), stream[kState].offset, afterStep, stream);
}

// `this` is the stream: `left` bytes of the input were not taken, `space` bytes of the output not filled.
function afterStep(left, space) {
  const state = this[kState];
  if (this.destroyed) {
    state.done?.();
    return;
  }
  const failure = this._handle.failure();
  const { input, output } = state;
  const end = output.length - space;
  this.bytesWritten += input.byteLength - left;
  const full = space === 0;
  let reading = true;
  if (end > state.offset) {
    const piece = output.subarray(state.offset, end);
    state.offset = end;
    reading = this.push(piece);
  }
  if (failure !== undefined) {
    fail(this, errorOf(this._handle));
    return;
  }
  if (this.destroyed || this._handle === null) return;
  if (full) {
    // There may be more to come, of what is left of the input or of what was taken already.
    state.input = left > 0 ? input.subarray(input.byteLength - left) : input.subarray(input.byteLength);
    if (reading) {
      step(this);
    } else {
      // Nobody reads at the moment: go on when somebody does.
      const read = this._read;
      this._read = function() {
        this._read = read;
        if (this._handle !== null) step(this);
      };
    }
    return;
  }
  if (left > 0) {
    // There was room, but no interest: the compressed stream has ended before its container.
    if (this._rejectGarbageAfterEnd) {
      fail(this, new ERR_TRAILING_JUNK_AFTER_STREAM_END());
      return;
    }
    this.push(null);
  }
  const { done } = state;
  state.input = null;
  state.done = null;
  done();
}

function fail(stream, error) {
  stream[kError] = error;
  stream.destroy(error);
}

// What older programs call: a piece at once, or for a callback.
ZlibBase.prototype._processChunk = function(chunk, flush, callback) {
  if (typeof callback !== 'function') return processSync(this, chunk, flush);
  const state = this[kState];
  state.input = chunk;
  state.flush = flush;
  state.done = callback;
  step(this);
};

// All of one buffer at once.
function processSync(stream, input, flush) {
  const handle = stream._handle;
  const left = new Uint32Array(2);
  const pieces = [];
  let length = 0;
  let rest = input;
  let failed = false;
  for (;;) {
    const output = Buffer.allocUnsafe(stream._chunkSize);
    failed = !handle.writeSync(flush, rest, output, left);
    const made = output.length - left[1];
    stream.bytesWritten += rest.byteLength - left[0];
    if (made > 0) {
      pieces.push(output.subarray(0, made));
      length += made;
      if (length > stream._maxOutputLength) {
        closeHandle(stream);
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    rest = left[0] > 0 ? rest.subarray(rest.byteLength - left[0]) : rest.subarray(rest.byteLength);
    if (failed || left[1] !== 0) break;
  }
  if (failed) {
    const error = errorOf(handle);
    closeHandle(stream);
    throw error;
  }
  closeHandle(stream);
  if (left[0] > 0 && stream._rejectGarbageAfterEnd) throw new ERR_TRAILING_JUNK_AFTER_STREAM_END();
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
}

// All of one buffer, for a callback.
function processAll(stream, input, callback) {
  const pieces = [];
  let length = 0;
  stream.on('data', (piece) => {
    pieces.push(piece);
    length += piece.length;
    if (length > stream._maxOutputLength) stream.destroy(new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength));
  });
  stream.on('error', (error) => callback(error));
  stream.on('end', () => {
    const buffer = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
    callback(null, stream._info ? { buffer, engine: stream } : buffer);
    stream.close();
  });
  stream.end(input);
}

let warned = false;

function warnWithoutNew(name) {
  if (warned) return;
  warned = true;
  process.emitWarning(`Instantiating ${name} without the 'new' keyword has been deprecated.`, 'DeprecationWarning', 'DEP0184');
}

module.exports = { ZlibBase, errorOf, opened, processAll, processSync, warnWithoutNew };
