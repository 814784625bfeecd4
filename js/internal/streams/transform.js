'use strict';

// Transform: a Duplex whose output is computed from its input. The callback of a write is held
// back while the readable side is full, which is how back-pressure passes through.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED, ERR_MULTIPLE_CALLBACK },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { errorOrDestroy } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { highWaterMarkOf } = require('internal/streams/state');

const kProgress = Symbol('kProgress');

// Where a Transform is with its present chunk.
class Progress {
  constructor(stream) {
    // The write that _transform() is busy with.
    this.writing = null;
    // The write that waits for somebody to read.
    this.held = null;
    this.lengthBefore = 0;
    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
    const done = (err, value) => transformed(stream, this, err, value);
    this.done = done;
  }
}

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);

  // A readable side that buffers nothing makes no sense of a writable one that does by default.
  if (options && highWaterMarkOf(options, 'readableHighWaterMark', true, false) === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark: 0,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);

  // The first read asks _write() for data, which comes later: nothing is sync about it.
  this._readableState.sync = false;
  this[kProgress] = new Progress(this);

  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // For those who replaced _final(), which flushes otherwise.
  this.on('prefinish', onPrefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    callback?.();
    return;
  }
  this._flush((err, data) => {
    if (err) {
      if (callback) callback(err);
      else this.destroy(err);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    callback?.();
  });
}

function onPrefinish() {
  if (this._final !== final) Reflect.apply(final, this, []);
}

Transform.prototype._final = final;

Transform.prototype._transform = function _transform(chunk, encoding, callback) {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function _write(chunk, encoding, callback) {
  const progress = this[kProgress];
  progress.writing = callback;
  progress.lengthBefore = this._readableState.length;
  this._transform(chunk, encoding, progress.done);
};

function transformed(stream, progress, err, value) {
  const callback = progress.writing;
  if (callback === null) {
    errorOrDestroy(stream, err ?? new ERR_MULTIPLE_CALLBACK());
    return;
  }
  progress.writing = null;
  if (err) {
    callback(err);
    return;
  }
  if (value !== null && value !== undefined) stream.push(value);

  const r = stream._readableState;
  if (r.ended) {
    // push(null) in the transform: its effects go first.
    nextTick(callback);
  } else if (r.length < r.highWaterMark || r.length === progress.lengthBefore ||
             stream._writableState.ended) {
    callback();
  } else {
    progress.held = callback;
  }
}

Transform.prototype._read = function _read() {
  const progress = this[kProgress];
  const callback = progress.held;
  if (callback !== null) {
    progress.held = null;
    callback();
  }
};

module.exports = { Transform };
