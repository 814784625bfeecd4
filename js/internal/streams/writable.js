'use strict';

// Writable: chunks in by write(), one at a time or corked together to _write() or _writev(), and
// the reports back: callbacks, 'drain', 'prefinish', 'finish'. Its properties are in
// properties.js, its data in writable_state.js.

const { Buffer } = require('buffer');
const { captureRejectionSymbol } = require('events');
const {
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_METHOD_NOT_IMPLEMENTED,
    ERR_MULTIPLE_CALLBACK,
    ERR_STREAM_ALREADY_FINISHED,
    ERR_STREAM_CANNOT_PIPE,
    ERR_STREAM_DESTROYED,
    ERR_STREAM_NULL_VALUES,
    ERR_STREAM_WRITE_AFTER_END,
    ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { addAbortSignalUnchecked } = require('internal/streams/add_abort_signal');
const { asBuffer, isArrayBufferView } = require('internal/streams/bytes');
const {
  construct, defaultDestroy, destroy, errorOrDestroy, undestroy,
} = require('internal/streams/destroy');
const flags = require('internal/streams/flags');
const { Stream } = require('internal/streams/legacy');
const properties = require('internal/streams/properties');
const { WritableState } = require('internal/streams/writable_state');

const {
  kObjectMode, kConstructed, kSync, kErrored, kErrorEmitted, kAutoDestroy, kDestroyed,
  kCloseEmitted, kDisabled, kEnded,
} = flags.common;
const { kEndEmitted } = flags.readable;
const {
  kEnding, kFinished, kFinalCalled, kPrefinished, kNeedDrain, kDecodeStrings, kWriting,
  kBufferProcessing, kAllBuffers, kAllNoop,
} = flags.writable;

function nop() {}

// One hidden class for the event tables of all Writables.
function WritableEvents() {
  this.close = undefined;
  this.error = undefined;
  this.prefinish = undefined;
  this.finish = undefined;
  this.drain = undefined;
}
WritableEvents.prototype = { __proto__: null };

function Writable(options) {
  // Not `instanceof Writable`: what inherits from Duplex is to be accepted too.
  if (!(this instanceof Stream)) return new Writable(options);

  this._events ??= new WritableEvents();
  this._writableState = new WritableState(options, this, false);
  if (options !== undefined && options !== null) {
    takeOptions(this, options);
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) addAbortSignalUnchecked(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) construct(this, () => writeAfterConstruction(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

// Every Duplex counts as a Writable, although it inherits from Readable alone.
Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && object?._writableState instanceof WritableState;
  },
});

// Those that a Writable and a Duplex's writable side both take.
function takeOptions(stream, options) {
  if (typeof options.write === 'function') stream._write = options.write;
  if (typeof options.writev === 'function') stream._writev = options.writev;
  if (typeof options.final === 'function') stream._final = options.final;
}

function writeAfterConstruction(stream) {
  const state = stream._writableState;
  if ((state.flags & kWriting) === 0) writeWaiting(stream, state);
  if (!readyToFinish(state)) return;
  // end() was called a while ago, so this need not wait for a tick.
  prefinish(stream, state);
  if (state.pendingcb === 0 && readyToFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

Writable.prototype._undestroy = undestroy;
Writable.prototype._destroy = defaultDestroy;

Writable.prototype.destroy = function(err, callback) {
  const state = this._writableState;
  if ((state.flags & kDestroyed) === 0 &&
      (state.waitingCount > 0 || state.endCallbacks !== null)) {
    nextTick(failWaiting, state);
  }
  return Reflect.apply(destroy, this, [err, callback]);
};

Writable.prototype[captureRejectionSymbol] = function onRejection(err) {
  this.destroy(err);
};

Writable.prototype.pipe = function pipe() {
  errorOrDestroy(this, new ERR_STREAM_CANNOT_PIPE());
};

Writable.prototype._write = function _write(chunk, encoding, callback) {
  if (!this._writev) throw new ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};

Writable.prototype._writev = null;

// ---------------------------------------------------------------------------
// In

Writable.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return accept(this, chunk, encoding, callback) === true;
};

// True or false as write() returns it, or the error that the write met.
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof callback !== 'function') callback = nop;

  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if ((state.flags & kObjectMode) !== 0) {
    // What the encoding of an object means is between the writer and _write().
  } else if (typeof chunk === 'string') {
    if (!encoding) {
      encoding = state.defaultEncoding;
    } else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
      throw new ERR_UNKNOWN_ENCODING(encoding);
    }
    if ((state.flags & kDecodeStrings) !== 0) {
      chunk = Buffer.from(chunk, encoding);
      encoding = 'buffer';
    }
  } else if (chunk instanceof Buffer) {
    encoding = 'buffer';
  } else if (isArrayBufferView(chunk)) {
    chunk = asBuffer(chunk);
    encoding = 'buffer';
  } else {
    throw new ERR_INVALID_ARG_TYPE(
      'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
  }

  if ((state.flags & (kEnding | kDestroyed)) !== 0) {
    const err = (state.flags & kEnding) !== 0 ?
      new ERR_STREAM_WRITE_AFTER_END() : new ERR_STREAM_DESTROYED('write');
    nextTick(callback, err);
    errorOrDestroy(stream, err, true);
    return err;
  }

  state.pendingcb++;
  return writeOrWait(stream, state, chunk, encoding, callback);
}

function writeOrWait(stream, state, chunk, encoding, callback) {
  const size = (state.flags & kObjectMode) !== 0 ? 1 : chunk.length;
  state.length += size;

  if ((state.flags & (kWriting | kErrored | kConstructed)) !== kConstructed || state.corked > 0 ||
      ((state.flags & kBufferProcessing) !== 0 && state.waitingCount > 0)) {
    state.enqueue({ chunk, encoding, callback });
    if (encoding !== 'buffer') state.flags &= ~kAllBuffers;
    if (callback !== nop) state.flags &= ~kAllNoop;
  } else {
    state.writelen = size;
    state.writecb = callback;
    state.flags |= kWriting | kSync;
    stream._write(chunk, encoding, state.onwrite ?? makeOnWrite(stream, state));
    state.flags &= ~kSync;
  }

  // After the fact: what has been written at once makes nobody wait, however low the mark.
  const more = state.length < state.highWaterMark || state.length === 0;
  if (!more) state.flags |= kNeedDrain;
  return more && (state.flags & (kErrored | kDestroyed)) === 0;
}

function makeOnWrite(stream, state) {
  // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
  const onwrite = (err) => written(stream, err);
  state.onwrite = onwrite;
  return onwrite;
}

Writable.prototype.cork = function cork() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function uncork() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if ((state.flags & kWriting) === 0) writeWaiting(this, state);
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---------------------------------------------------------------------------
// Out

// Writes what waits: all at once where the stream can, else one after the other for as long as
// they complete at once.
function writeWaiting(stream, state) {
  if (state.corked > 0 || state.waitingCount === 0 ||
      (state.flags & (kBufferProcessing | kDestroyed | kConstructed)) !== kConstructed) {
    return;
  }
  state.flags |= kBufferProcessing;
  if (stream._writev && state.waitingCount > 1) {
    writeTogether(stream, state);
  } else {
    do {
      const { chunk, encoding, callback } = state.dequeue();
      state.writelen = (state.flags & kObjectMode) !== 0 ? 1 : chunk.length;
      state.writecb = callback;
      state.flags |= kWriting | kSync;
      const onwrite = state.onwrite ?? makeOnWrite(stream, state);
      if ((state.flags & kDestroyed) !== 0) onwrite(new ERR_STREAM_DESTROYED('write'));
      else stream._write(chunk, encoding, onwrite);
      state.flags &= ~kSync;
    } while (state.waitingCount > 0 && (state.flags & kWriting) === 0);
  }
  state.flags &= ~kBufferProcessing;
}

function writeTogether(stream, state) {
  const allBuffers = (state.flags & kAllBuffers) !== 0;
  const silent = (state.flags & kAllNoop) !== 0;
  const chunks = state.dequeueAll();
  chunks.allBuffers = allBuffers;
  // They are one write now, to be reported once.
  state.pendingcb -= chunks.length - 1;
  state.writelen = state.length;
  state.writecb = silent ? nop : (err) => {
    for (let i = 0; i < chunks.length; i++) chunks[i].callback(err);
  };
  state.flags |= kWriting | kSync;
  stream._writev(chunks, state.onwrite ?? makeOnWrite(stream, state));
  state.flags &= ~kSync;
}

// _write() or _writev() has called back.
function written(stream, err) {
  const state = stream._writableState;
  const callback = state.writecb;
  if (callback === null) {
    errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
    return;
  }
  const sync = (state.flags & kSync) !== 0;
  state.flags &= ~kWriting;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (err) {
    if (state.errored === null) state.errored = err;
    const r = stream._readableState;
    if (r && !r.errored) r.errored = err;
    if (sync) nextTick(writeFailed, stream, state, err, callback);
    else writeFailed(stream, state, err, callback);
    return;
  }

  if (state.waitingCount > 0) writeWaiting(stream, state);
  if (sync) reportLater(stream, state, callback);
  else report(stream, state, 1, callback);
}

// Inside write() nobody may be called yet, neither the writer nor 'drain'. A run of writes with
// the same callback is reported in one tick.
function reportLater(stream, state, callback) {
  const pending = state.report;
  if (pending !== null && pending.callback === callback) {
    pending.count++;
  } else if (callback === nop && (state.flags & (kNeedDrain | kEnding | kDestroyed)) === 0) {
    state.pendingcb--;
  } else {
    state.report = { count: 1, callback };
    nextTick(reportTick, stream, state, state.report);
  }
}

function reportTick(stream, state, pending) {
  if (state.report === pending) state.report = null;
  report(stream, state, pending.count, pending.callback);
}

function report(stream, state, count, callback) {
  if (state.length === 0 &&
      (state.flags & (kNeedDrain | kEnding | kDestroyed)) === kNeedDrain) {
    state.flags &= ~kNeedDrain;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if ((state.flags & kDestroyed) !== 0) failWaiting(state);
  if ((state.flags & kEnding) !== 0) finishMaybe(stream, state);
}

function writeFailed(stream, state, err, callback) {
  state.pendingcb--;
  callback(err);
  failWaiting(state);
  errorOrDestroy(stream, err);
}

// Tells all who still wait that nothing will come of it.
function failWaiting(state) {
  if ((state.flags & kWriting) !== 0) return;
  if (state.waitingCount > 0) {
    const entries = state.dequeueAll();
    for (let i = 0; i < entries.length; i++) {
      const { chunk, callback } = entries[i];
      state.length -= (state.flags & kObjectMode) !== 0 ? 1 : chunk.length;
      callback(state.errored ?? new ERR_STREAM_DESTROYED('write'));
    }
  }
  if (state.endCallbacks !== null) {
    callEndCallbacks(state, state.errored ?? new ERR_STREAM_DESTROYED('end'));
  }
}

// ---------------------------------------------------------------------------
// The end

Writable.prototype.end = function end(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }

  let err;
  if (chunk !== null && chunk !== undefined) {
    const result = accept(this, chunk, encoding);
    if (result instanceof Error) err = result;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }

  if (err !== undefined) {
    // The refused chunk is what there is to report.
  } else if ((state.flags & (kErrored | kEnding)) === 0) {
    // A second end() is no error here, as long as it brings no data.
    state.flags |= kEnding;
    finishMaybe(this, state);
    state.flags |= kEnded;
  } else if ((state.flags & kFinished) !== 0) {
    err = new ERR_STREAM_ALREADY_FINISHED('end');
  } else if ((state.flags & kDestroyed) !== 0) {
    err = new ERR_STREAM_DESTROYED('end');
  }

  if (typeof callback === 'function') {
    if (err !== undefined) nextTick(callback, err);
    else if ((state.flags & kErrored) !== 0) nextTick(callback, state.errored);
    else if ((state.flags & kFinished) !== 0) nextTick(callback);
    else if (state.endCallbacks === null) state.endCallbacks = [callback];
    else state.endCallbacks.push(callback);
  }
  return this;
};

function callEndCallbacks(state, err) {
  const callbacks = state.endCallbacks;
  state.endCallbacks = null;
  for (let i = 0; i < callbacks.length; i++) callbacks[i](err);
}

function readyToFinish(state) {
  return (state.flags & (kEnding | kConstructed | kDestroyed | kFinished | kWriting | kErrored |
                         kErrorEmitted | kCloseEmitted)) === (kEnding | kConstructed) &&
    state.length === 0 && state.waitingCount === 0;
}

// 'finish' always comes in a tick of its own: end()'s caller is to attach listeners first, and
// those of 'prefinish' may have queued something.
function finishMaybe(stream, state) {
  if (!readyToFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  state.pendingcb++;
  nextTick(finishIfReady, stream, state);
}

function finishIfReady(stream, state) {
  if (readyToFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function prefinish(stream, state) {
  if ((state.flags & (kPrefinished | kFinalCalled)) !== 0) return;
  if (typeof stream._final === 'function' && (state.flags & kDestroyed) === 0) {
    state.flags |= kFinalCalled;
    callFinal(stream, state);
  } else {
    state.flags |= kFinalCalled | kPrefinished;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  const onFinal = (err) => {
    if (called) {
      errorOrDestroy(stream, err ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (err) {
      if (state.endCallbacks !== null) callEndCallbacks(state, err);
      errorOrDestroy(stream, err, (state.flags & kSync) !== 0);
    } else if (readyToFinish(state)) {
      state.flags |= kPrefinished;
      stream.emit('prefinish');
      // _final() may have called back at once, within end().
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  };

  state.flags |= kSync;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (err) {
    onFinal(err);
  }
  state.flags &= ~kSync;
}

function finish(stream, state) {
  state.pendingcb--;
  state.flags |= kFinished;
  if (state.endCallbacks !== null) callEndCallbacks(state, null);
  stream.emit('finish');
  if ((state.flags & kAutoDestroy) !== 0 && readableSideIsOver(stream._readableState)) {
    stream.destroy();
  }
}

function readableSideIsOver(r) {
  if (!r) return true;
  return (r.flags & kAutoDestroy) !== 0 && (r.flags & (kEndEmitted | kDisabled)) !== 0;
}

properties.defineProperties(Writable.prototype, properties.writable);
Writable.WritableState = WritableState;

module.exports = { Writable, takeOptions, writeAfterConstruction };
