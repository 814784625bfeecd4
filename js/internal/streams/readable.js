'use strict';

// Readable: bytes or objects in by push(), out by read() or 'data', and the decisions of when to
// ask for more. Piping, iteration, the read-only properties and the operators are put on the
// prototype by the files beside this one.

const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const { captureRejectionSymbol } = require('events');
const {
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_METHOD_NOT_IMPLEMENTED,
    ERR_STREAM_PUSH_AFTER_EOF,
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT,
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
const { pipe, unpipe } = require('internal/streams/readable_pipe');
const { ReadableState, kAny } = require('internal/streams/readable_state');

const {
  kObjectMode, kConstructed, kSync, kErrored, kErrorEmitted, kAutoDestroy, kDestroyed,
  kCloseEmitted, kDisabled, kEnded,
} = flags.common;
const {
  kEndEmitted, kReading, kNeedReadable, kEmittedReadable, kReadableListening, kResumeScheduled,
  kMultiAwaitDrain, kReadingMore, kDataEmitted, kFlowing, kFlowingKnown, kPaused, kPausedKnown,
  kDataListening,
} = flags.readable;
const { kFinished } = flags.writable;

// Each push into an empty buffer announces itself in a tick of its own. While promises keep ticks
// from running (`for await` over a source that always has data), more than this many say nothing new.
const kMaxReadableTicks = 16;

// The usual events have their places in every stream's table from the start, so that all
// tables have one hidden class.
function ReadableEvents() {
  this.close = undefined;
  this.error = undefined;
  this.data = undefined;
  this.end = undefined;
  this.readable = undefined;
}
ReadableEvents.prototype = { __proto__: null };

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);

  this._events ??= new ReadableEvents();
  this._readableState = new ReadableState(options, this, false);
  if (options !== undefined && options !== null) takeOptions(this, options);
  Stream.call(this, options);
  if (this._construct !== undefined) construct(this, () => readAfterConstruction(this));
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

function takeOptions(stream, options) {
  if (typeof options.read === 'function') stream._read = options.read;
  if (typeof options.destroy === 'function') stream._destroy = options.destroy;
  if (typeof options.construct === 'function') stream._construct = options.construct;
  if (options.signal) addAbortSignalUnchecked(options.signal, stream);
}

function readAfterConstruction(stream) {
  const state = stream._readableState;
  if ((state.flags & kNeedReadable) !== 0) readMoreLater(stream, state);
}

Readable.prototype.destroy = destroy;
Readable.prototype._undestroy = undestroy;
Readable.prototype._destroy = defaultDestroy;

Readable.prototype[captureRejectionSymbol] = function onRejection(err) {
  this.destroy(err);
};

Readable.prototype._read = function _read(size) {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

// ---------------------------------------------------------------------------
// In

Readable.prototype.push = function push(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) {
    state.flags &= ~kReading;
    endOfData(this, state);
    return false;
  }

  let decoded = false;
  if ((state.flags & kObjectMode) === 0) {
    if (chunk instanceof Buffer) {
      // What nearly every chunk is.
    } else if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.encoding === encoding) decoded = true;
      else chunk = Buffer.from(chunk, encoding);
    } else if (isArrayBufferView(chunk)) {
      chunk = asBuffer(chunk);
    } else if (chunk !== undefined) {
      return refuse(this, chunk);
    }
    if (chunk === undefined || chunk.length === 0) {
      state.flags &= ~kReading;
      readMoreLater(this, state);
      return wantsMore(state);
    }
  } else if (encoding) {
    decoded = true;
  }

  if ((state.flags & (kEnded | kDestroyed | kErrored)) !== 0) {
    if ((state.flags & kEnded) !== 0) errorOrDestroy(this, new ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }

  state.flags &= ~kReading;
  if (state.decoder !== null && !decoded) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0 && (state.flags & kObjectMode) === 0) {
      readMoreLater(this, state);
      return wantsMore(state);
    }
  }
  addChunk(this, state, chunk, false);
  return wantsMore(state);
};

Readable.prototype.unshift = function unshift(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) {
    state.flags &= ~kReading;
    endOfData(this, state);
    return false;
  }

  if ((state.flags & kObjectMode) === 0) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = Buffer.from(chunk, encoding);
        if (state.encoding) chunk = chunk.toString(state.encoding);
      }
    } else if (isArrayBufferView(chunk)) {
      chunk = asBuffer(chunk);
    } else if (chunk !== undefined) {
      return refuse(this, chunk);
    }
    if (chunk === undefined || chunk.length === 0) return wantsMore(state);
  }

  if ((state.flags & kEndEmitted) !== 0) {
    errorOrDestroy(this, new ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    return false;
  }
  if ((state.flags & (kDestroyed | kErrored)) !== 0) return false;
  addChunk(this, state, chunk, true);
  return wantsMore(state);
};

function refuse(stream, chunk) {
  errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE(
    'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
  return false;
}

function wantsMore(state) {
  return (state.flags & kEnded) === 0 &&
    (state.length < state.highWaterMark || state.length === 0);
}

function clearAwaitDrain(state) {
  if ((state.flags & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function addChunk(stream, state, chunk, atFront) {
  if ((state.flags & (kFlowing | kSync | kDataListening)) === (kFlowing | kDataListening) &&
      state.length === 0) {
    clearAwaitDrain(state);
    state.flags |= kDataEmitted;
    stream.emit('data', chunk);
  } else {
    if (atFront) state.prepend(chunk);
    else state.append(chunk);
    if ((state.flags & kNeedReadable) !== 0) emitReadable(stream, state);
  }
  readMoreLater(stream, state);
}

function endOfData(stream, state) {
  if ((state.flags & kEnded) !== 0) return;
  if (state.decoder !== null) {
    const rest = state.decoder.end();
    if (rest.length > 0) state.append(rest);
  }
  state.flags |= kEnded;

  if ((state.flags & kSync) !== 0) {
    // Within _read(): its caller has not seen the last data yet.
    emitReadable(stream, state);
  } else {
    state.flags = (state.flags & ~kNeedReadable) | kEmittedReadable;
    emitReadableNow(stream);
  }
}

Readable.prototype.setEncoding = function setEncoding(encoding) {
  const state = this._readableState;
  const decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;

  let text = '';
  for (const chunk of state.buffer) text += decoder.write(chunk);
  state.list = text === '' ? [] : [text];
  state.length = text.length;
  return this;
};

// ---------------------------------------------------------------------------
// Out

Readable.prototype.read = function read(size) {
  const state = this._readableState;
  let asked = kAny;
  if (size !== undefined) {
    asked = Number.isInteger(size) ? size : Number.parseInt(size, 10);
    if (Number.isNaN(asked)) asked = kAny;
    else if (asked < 0) asked = 0;
    if (asked > state.highWaterMark) state.raiseHighWaterMark(asked);
  }

  if (size !== 0) {
    state.flags &= ~kEmittedReadable;
  } else if ((state.flags & kNeedReadable) !== 0 && state.reachedMark()) {
    // read(0) with enough buffered: nothing to fetch, only somebody to tell.
    if (state.length === 0 && (state.flags & kEnded) !== 0) endReadable(this, state);
    else emitReadable(this, state);
    return null;
  }

  let n = state.amountFor(asked);
  if (n === 0 && (state.flags & kEnded) !== 0) {
    if (state.length === 0) endReadable(this, state);
    return null;
  }

  const mayFetch = (state.flags &
    (kEnded | kReading | kDestroyed | kErrored | kConstructed)) === kConstructed;
  if (mayFetch && ((state.flags & kNeedReadable) !== 0 || state.length === 0 ||
                   state.length - n < state.highWaterMark)) {
    state.flags |= kReading | kSync;
    if (state.length === 0) state.flags |= kNeedReadable;
    try {
      this._read(state.highWaterMark);
    } catch (err) {
      errorOrDestroy(this, err);
    }
    state.flags &= ~kSync;
    // It pushed at once, so there may be more to give than before.
    if ((state.flags & kReading) === 0) n = state.amountFor(asked);
  }

  let chunk = null;
  if (n > 0 && state.length > 0) {
    chunk = state.take(n);
    clearAwaitDrain(state);
  } else {
    n = 0;
    if (state.length <= state.highWaterMark) state.flags |= kNeedReadable;
    else state.flags &= ~kNeedReadable;
  }

  if (state.length === 0) {
    if ((state.flags & kEnded) === 0) state.flags |= kNeedReadable;
    else if (asked !== n) endReadable(this, state);
  }

  if (chunk !== null && (state.flags & (kErrorEmitted | kCloseEmitted)) === 0) {
    state.flags |= kDataEmitted;
    this.emit('data', chunk);
  }
  return chunk;
};

// ---------------------------------------------------------------------------
// 'readable', reading ahead, 'end'

function emitReadable(stream, state) {
  state.flags &= ~kNeedReadable;
  if ((state.flags & kEmittedReadable) !== 0) return;
  state.flags |= kEmittedReadable;
  if (state.readableTicks < kMaxReadableTicks) {
    state.readableTicks++;
    nextTick(emitReadableTick, stream, state);
  }
}

function emitReadableTick(stream, state) {
  state.readableTicks--;
  emitReadableNow(stream);
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if ((state.flags & (kDestroyed | kErrored)) === 0 &&
      (state.length > 0 || (state.flags & kEnded) !== 0)) {
    stream.emit('readable');
    state.flags &= ~kEmittedReadable;
  }

  // A reader that leaves the buffer at or below the mark is to hear of the next chunk.
  if ((state.flags & (kFlowing | kEnded)) === 0 && state.length <= state.highWaterMark) {
    state.flags |= kNeedReadable;
  }
  flow(stream, state);
}

function readMoreLater(stream, state) {
  if ((state.flags & (kReadingMore | kConstructed)) === kConstructed) {
    state.flags |= kReadingMore;
    nextTick(readMore, stream, state);
  }
}

// Fills the buffer up to the mark. A flowing stream with an empty buffer goes on even where the
// mark is 0. One that got nothing from its _read() is waited for.
function readMore(stream, state) {
  while ((state.flags & (kReading | kEnded)) === 0 &&
         (state.length < state.highWaterMark ||
          (state.length === 0 && (state.flags & kFlowing) !== 0))) {
    const before = state.length;
    stream.read(0);
    if (state.length === before) break;
  }
  state.flags &= ~kReadingMore;
}

function endReadable(stream, state) {
  if ((state.flags & kEndEmitted) === 0) {
    state.flags |= kEnded;
    nextTick(emitEnd, stream, state);
  }
}

function emitEnd(stream, state) {
  if ((state.flags & (kErrored | kCloseEmitted | kEndEmitted)) !== 0 || state.length > 0) return;
  state.flags |= kEndEmitted;
  stream.emit('end');

  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(endWritable, stream);
  } else if ((state.flags & kAutoDestroy) !== 0 && writableSideIsOver(stream._writableState)) {
    stream.destroy();
  }
}

function writableSideIsOver(w) {
  if (!w) return true;
  return (w.flags & kAutoDestroy) !== 0 && (w.flags & (kFinished | kDisabled)) !== 0;
}

function endWritable(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---------------------------------------------------------------------------
// Flowing and paused

function flow(stream, state) {
  while ((state.flags & kFlowing) !== 0 && stream.read() !== null);
}

Readable.prototype.resume = function resume() {
  const state = this._readableState;
  if ((state.flags & kFlowing) === 0) {
    // Somebody who listens to 'readable' reads at their own pace.
    state.flags |= (state.flags & kReadableListening) !== 0 ?
      kFlowingKnown : kFlowing | kFlowingKnown;
    if ((state.flags & kResumeScheduled) === 0) {
      state.flags |= kResumeScheduled;
      nextTick(resumeNow, this, state);
    }
  }
  state.flags = (state.flags & ~kPaused) | kPausedKnown;
  return this;
};

function resumeNow(stream, state) {
  if ((state.flags & kReading) === 0) stream.read(0);
  state.flags &= ~kResumeScheduled;
  stream.emit('resume');
  flow(stream, state);
  if ((state.flags & (kFlowing | kReading)) === kFlowing) stream.read(0);
}

Readable.prototype.pause = function pause() {
  const state = this._readableState;
  if ((state.flags & (kFlowing | kFlowingKnown)) !== kFlowingKnown) {
    state.flags = (state.flags & ~kFlowing) | kFlowingKnown;
    this.emit('pause');
  }
  state.flags |= kPaused | kPausedKnown;
  return this;
};

Readable.prototype.isPaused = function isPaused() {
  const { flags: bits } = this._readableState;
  return (bits & kPaused) !== 0 || (bits & (kFlowing | kFlowingKnown)) === kFlowingKnown;
};

Readable.prototype.on = function on(event, listener) {
  Stream.prototype.on.call(this, event, listener);
  if (event === 'data') {
    const state = this._readableState;
    state.flags |= kDataListening;
    if (this.listenerCount('readable') > 0) state.flags |= kReadableListening;
    if ((state.flags & (kFlowing | kFlowingKnown)) !== kFlowingKnown) this.resume();
  } else if (event === 'readable') {
    const state = this._readableState;
    if ((state.flags & (kEndEmitted | kReadableListening)) === 0) {
      state.flags &= ~(kFlowing | kEmittedReadable);
      state.flags |= kFlowingKnown | kReadableListening | kNeedReadable;
      if (state.length > 0) emitReadable(this, state);
      else if ((state.flags & kReading) === 0) nextTick(readNothing, this);
    }
  }
  return this;
};
Readable.prototype.addListener = Readable.prototype.on;

function readNothing(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function removeListener(event, listener) {
  Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') {
    // Later, because a listener that is replaced at once should not start the flow.
    nextTick(updateReadableListening, this);
  } else if (event === 'data' && this.listenerCount('data') === 0) {
    this._readableState.flags &= ~kDataListening;
  }
  return this;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function removeAllListeners(event) {
  Reflect.apply(Stream.prototype.removeAllListeners, this, arguments);
  if (event === 'readable' || event === undefined) nextTick(updateReadableListening, this);
  if (event === 'data' || event === undefined) this._readableState.flags &= ~kDataListening;
  return this;
};

function updateReadableListening(stream) {
  const state = stream._readableState;
  if (stream.listenerCount('readable') > 0) state.flags |= kReadableListening;
  else state.flags &= ~kReadableListening;

  if ((state.flags & kResumeScheduled) !== 0 && state.userPaused === false) {
    // resume() was called in the meantime and meant it.
    state.flags |= kFlowing | kFlowingKnown;
  } else if (stream.listenerCount('data') > 0) {
    stream.resume();
  } else if ((state.flags & kReadableListening) === 0) {
    state.flags &= ~(kFlowing | kFlowingKnown);
  }
}

Readable.prototype.pipe = pipe;
Readable.prototype.unpipe = unpipe;
properties.defineProperties(Readable.prototype, properties.readable);
Readable.ReadableState = ReadableState;

module.exports = { Readable, readAfterConstruction };
