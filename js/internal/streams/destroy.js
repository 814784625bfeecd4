'use strict';

// The end of a stream's life: destroy(), what follows an error, and 'error' and 'close' in
// that order. Also its slow beginning: a stream with _construct() is not used, and not
// destroyed, before that has called back.

const {
  AbortError,
  aggregateTwoErrors,
  codes: { ERR_MULTIPLE_CALLBACK },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const flags = require('internal/streams/flags');
const {
  isDestroyed, isFinished, isRequest, isServerRequest, kIsDestroyed,
} = require('internal/streams/utils');

const {
  kConstructed, kErrored, kErrorEmitted, kEmitClose, kDestroyed, kClosed,
  kCloseEmitted, kDisabled, kEnded,
} = flags.common;
const { kEndEmitted, kReading } = flags.readable;
const { kEnding, kFinished, kFinalCalled, kPrefinished } = flags.writable;

const kConstruction = Symbol('kConstruction');

function recordError(state, err) {
  if (state && (state.flags & kErrored) === 0) {
    state.failure = err;
    state.flags |= kErrored;
  }
}

// The bits that either side has.
function flagsOf(r, w) {
  return (r ? r.flags : 0) | (w ? w.flags : 0);
}

function setFlags(r, w, bits) {
  if (r) r.flags |= bits;
  if (w) w.flags |= bits;
}

// ---------------------------------------------------------------------------
// destroy()

// The `_destroy` of every stream that has none of its own.
function defaultDestroy(err, callback) {
  callback(err);
}

// Installed as a method: `this` is the stream.
function destroy(err, callback) {
  const r = this._readableState;
  const w = this._writableState;
  if ((flagsOf(r, w) & kDestroyed) !== 0) {
    if (typeof callback === 'function') callback();
    return this;
  }
  if (err) {
    recordError(r, err);
    recordError(w, err);
  }
  setFlags(r, w, kDestroyed);

  const construction = this[kConstruction];
  if (construction !== undefined && !construction.done) {
    construction.deferredDestroy = { err, callback };
  } else {
    runDestroy(this, err, callback);
  }
  return this;
}

function runDestroy(stream, err, callback) {
  if (stream._destroy === defaultDestroy) {
    closed(stream, err || null, callback);
    return;
  }
  let called = false;
  const onDestroyed = (result) => {
    if (called) return;
    called = true;
    closed(stream, result, callback);
  };
  try {
    stream._destroy(err || null, onDestroyed);
  } catch (thrown) {
    if (called) throw thrown;
    onDestroyed(thrown);
  }
}

function closed(stream, err, callback) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (err) {
    recordError(r, err);
    recordError(w, err);
  }
  setFlags(r, w, kClosed);
  if (typeof callback === 'function') callback(err);
  if (err) nextTick(emitErrorAndClose, stream, err);
  else nextTick(emitClose, stream);
}

function emitErrorAndClose(stream, err) {
  emitError(stream, err);
  emitClose(stream);
}

function emitClose(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  setFlags(r, w, kCloseEmitted);
  if ((flagsOf(r, w) & kEmitClose) !== 0) stream.emit('close');
}

function emitError(stream, err) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (r?.errorEmitted || w?.errorEmitted) return;
  if (r) r.errorEmitted = true;
  if (w) w.errorEmitted = true;
  stream.emit('error', err);
}

// Makes a destroyed stream as good as new, for those that connect again.
function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  const gone = kDestroyed | kClosed | kCloseEmitted | kErrored | kErrorEmitted | kEnded;
  if (r) {
    r.failure = null;
    r.flags = (r.flags & ~(gone | kReading | kEndEmitted)) | kConstructed;
    if ((r.flags & kDisabled) !== 0) r.flags |= kEnded | kEndEmitted;
  }
  if (w) {
    w.failure = null;
    w.flags = (w.flags & ~(gone | kFinalCalled | kPrefinished | kEnding | kFinished)) | kConstructed;
    if ((w.flags & kDisabled) !== 0) w.flags |= kEnded | kEnding | kFinished;
  }
}

// An error that the stream itself met. `sync`: its user has had no chance to listen yet.
// The stream may be of another make, so the states are spoken to by name.
function errorOrDestroy(stream, err, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (r?.destroyed || w?.destroyed) return;
  if (r?.autoDestroy || w?.autoDestroy) {
    stream.destroy(err);
  } else if (err) {
    if (w && !w.errored) w.errored = err;
    if (r && !r.errored) r.errored = err;
    if (sync) nextTick(emitError, stream, err);
    else emitError(stream, err);
  }
}

// Ends anything stream-like, by whatever means it has.
function destroyer(stream, err) {
  if (!stream || isDestroyed(stream)) return;
  if (!err && !isFinished(stream)) err = new AbortError();

  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(err);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(err);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else {
    nextTick(emitForLegacy, stream, err);
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

// For a stream that has no way to be ended: others at least hear that it is over.
function emitForLegacy(stream, err) {
  if (!err) {
    stream.emit('close');
    return;
  }
  nextTick(emitLegacyClose, stream);
  stream.emit('error', err);
}

function emitLegacyClose(stream) {
  stream.emit('close');
}

// ---------------------------------------------------------------------------
// _construct()

// Holds the stream back until its _construct() has called back; `ready` runs after that.
function construct(stream, ready) {
  if (typeof stream._construct !== 'function') return;
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.flags &= ~kConstructed;
  if (w) w.flags &= ~kConstructed;

  const known = stream[kConstruction];
  if (known !== undefined) {
    known.ready.push(ready);
    return;
  }
  stream[kConstruction] = { ready: [ready], done: false, deferredDestroy: null };
  nextTick(startConstruction, stream);
}

function startConstruction(stream) {
  const callback = (err) => nextTick(constructed, stream, err ?? null);
  try {
    stream._construct(callback);
  } catch (err) {
    callback(err);
  }
}

function constructed(stream, err) {
  const construction = stream[kConstruction];
  if (construction.done) {
    errorOrDestroy(stream, err ?? new ERR_MULTIPLE_CALLBACK());
    return;
  }
  construction.done = true;
  setFlags(stream._readableState, stream._writableState, kConstructed);

  const { deferredDestroy } = construction;
  if (deferredDestroy !== null) {
    construction.deferredDestroy = null;
    runDestroy(stream, aggregateTwoErrors(err, deferredDestroy.err), deferredDestroy.callback);
  } else if (err !== null) {
    errorOrDestroy(stream, err, true);
  } else {
    // At once: between this and a later tick somebody could write past what waits.
    announceConstructed(construction);
  }
}

function announceConstructed(construction) {
  const { ready } = construction;
  construction.ready = [];
  for (let i = 0; i < ready.length; i++) ready[i]();
}

module.exports = {
  construct,
  defaultDestroy,
  destroy,
  destroyer,
  errorOrDestroy,
  undestroy,
};
