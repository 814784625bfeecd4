'use strict';

// The streams of zlib: Transforms over a native stream. The work of a chunk is
// done in a turn of the loop of its own, and as much of it as its reader takes.

const { Buffer } = require('buffer');
const {
  codes: { ERR_BUFFER_TOO_LARGE, ERR_TRAILING_JUNK_AFTER_STREAM_END },
  genericNodeError,
} = require('internal/errors');
const { Transform, finished } = require('stream');
const { codes, constants } = require('internal/zlib/constants');
const { checkLevel, checkStrategy, readOptions } = require('internal/zlib/options');

const {
  Z_BUF_ERROR, Z_FINISH, Z_FULL_FLUSH, Z_NEED_DICT, Z_OK, Z_STREAM_END, Z_SYNC_FLUSH,
} = constants;

// On an empty chunk that flush() writes: how to flush.
const kFlush = Symbol('kFlush');

function zlibError(message, code) {
  return genericNodeError(message, { errno: code, code: codes[code] });
}

// What a code that zlib returned means, or null when all is well.
function errorOf(handle, code, flush, outputLeft) {
  switch (code) {
    case Z_OK:
    case Z_STREAM_END:
      return null;
    case Z_BUF_ERROR:
      // Room and no more input is no error, unless this should have been the end.
      return outputLeft !== 0 && flush === Z_FINISH ? zlibError('unexpected end of file', Z_BUF_ERROR) : null;
    case Z_NEED_DICT:
      return zlibError(handle.hasDictionary() ? 'Bad dictionary' : 'Missing dictionary', code);
    default:
      return zlibError(handle.message() || 'Zlib error', code);
  }
}

// A function, which the constructors of programs call on their own objects.
function ZlibBase(options, mode) {
  const settings = readOptions(options, mode);
  Transform.call(this, { autoDestroy: true, ...options });
  this.bytesWritten = 0;
  this._mode = mode;
  this._settings = settings;
  this._level = settings.level;
  this._strategy = settings.strategy;
  this._chunkSize = settings.chunkSize;
  this._defaultFlushFlag = settings.flush;
  this._finishFlushFlag = settings.finishFlush;
  this._defaultFullFlushFlag = Z_FULL_FLUSH;
  this._info = settings.info;
  this._maxOutputLength = settings.maxOutputLength;
  this._rejectGarbageAfterEnd = settings.rejectGarbageAfterEnd;
  this._handle = new ops.ZlibHandle(
    mode, settings.level, settings.windowBits, settings.memLevel, settings.strategy, settings.dictionary ?? null);
  this._outBuffer = Buffer.allocUnsafe(this._chunkSize);
  this._outOffset = 0;
  this._left = new Uint32Array(2);
}

const methods = {
  __proto__: null,

  get _closed() {
    return this._handle === null;
  },

  // One call of zlib. Returns what it gave, or null; an error is thrown.
  _step(job) {
    if (this._outOffset >= this._chunkSize) {
      this._outBuffer = Buffer.allocUnsafe(this._chunkSize);
      this._outOffset = 0;
    }
    const start = this._outOffset;
    const code = this._handle.write(
      job.flush, job.input, start === 0 ? this._outBuffer : this._outBuffer.subarray(start), this._left);
    const [outputLeft, inputLeft] = this._left;
    const error = errorOf(this._handle, code, job.flush, outputLeft);
    if (error !== null) throw error;
    this.bytesWritten += job.input.byteLength - inputLeft;
    job.input = job.input.subarray(job.input.byteLength - inputLeft);
    job.isFull = outputLeft === 0;
    const end = this._chunkSize - outputLeft;
    if (end === start) return null;
    this._outOffset = end;
    return this._outBuffer.subarray(start, end);
  },

  // Whether input is left that belongs to nothing.
  _hasGarbage(job) {
    if (job.input.byteLength === 0) return false;
    if (this._rejectGarbageAfterEnd) throw new ERR_TRAILING_JUNK_AFTER_STREAM_END();
    return true;
  },

  _transform(chunk, encoding, callback) {
    let flush = this._defaultFlushFlag;
    if (chunk[kFlush] !== undefined) {
      flush = chunk[kFlush];
    } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
      flush = mostOf(flush, this._finishFlushFlag);
    }
    const input = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    setImmediate(run, { stream: this, input, flush, isFull: false, callback });
  },

  _flush(callback) {
    this._transform(Buffer.alloc(0), '', callback);
  },

  _final(callback) {
    callback();
  },

  _processChunk(chunk, flush, callback) {
    if (typeof callback !== 'function') return processSync(this, chunk, flush);
    setImmediate(run, { stream: this, input: chunk, flush, isFull: false, callback });
    return undefined;
  },

  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) {
      callback = kind;
      kind = this._defaultFullFlushFlag;
    }
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      const mark = Buffer.alloc(0);
      mark[kFlush] = kind;
      this.write(mark, '', callback);
    }
  },

  params(level, strategy, callback) {
    level = checkLevel(level) ?? this._level;
    strategy = checkStrategy(strategy) ?? this._strategy;
    if (this._level === level && this._strategy === strategy) {
      process.nextTick(callback);
      return;
    }
    this.flush(Z_SYNC_FLUSH, (...args) => {
      if (this._handle === null) return;
      this._handle.params(level, strategy);
      this._level = level;
      this._strategy = strategy;
      callback?.(...args);
    });
  },

  reset() {
    if (this._handle === null) require('assert')(this._handle !== null, 'zlib binding closed');
    this._handle.reset();
  },

  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  },

  _destroy(error, callback) {
    this._handle?.close();
    this._handle = null;
    callback(error);
  },
};

Object.setPrototypeOf(ZlibBase, Transform);
ZlibBase.prototype = Object.create(Transform.prototype, {
  constructor: { __proto__: null, value: ZlibBase, writable: true, configurable: true },
});
for (const name of Object.keys(methods)) {
  Object.defineProperty(ZlibBase.prototype, name, {
    __proto__: null,
    ...Object.getOwnPropertyDescriptor(methods, name),
    enumerable: true,
  });
}

// The flush that does more.
const order = [constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];

function mostOf(a, b) {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

// A chunk's work, until it is done or its reader has enough for now.
function run(job) {
  const { stream, callback } = job;
  for (;;) {
    if (stream._handle === null) {
      callback();
      return;
    }
    let wantsMore = true;
    try {
      const output = stream._step(job);
      if (output !== null) wantsMore = stream.push(output);
      // Somebody who read it may have closed the stream.
      if (stream.destroyed) {
        callback();
        return;
      }
      if (!job.isFull) {
        if (stream._hasGarbage(job)) stream.push(null);
        callback();
        return;
      }
    } catch (error) {
      stream._handle.close();
      stream._handle = null;
      stream.destroy(error);
      return;
    }
    if (!wantsMore) {
      stream._read = () => {
        delete stream._read;
        run(job);
      };
      return;
    }
  }
}

// All of `input` at once.
function processSync(stream, input, flush) {
  const job = { stream, input: new Uint8Array(input.buffer, input.byteOffset, input.byteLength), flush, isFull: false };
  const parts = [];
  let length = 0;
  do {
    const output = stream._step(job);
    if (output !== null) {
      parts.push(output);
      length += output.byteLength;
      if (length > stream._maxOutputLength) {
        stream._destroy(null, () => {});
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
  } while (job.isFull);
  stream._hasGarbage(job);
  stream._destroy(null, () => {});
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
}

module.exports = { ZlibBase, processSync };
