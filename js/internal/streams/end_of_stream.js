'use strict';

// finished(): one call when a stream is over, however it ends: by 'end' and 'finish', an error,
// or a 'close' that came too early. It knows the ways of HTTP messages and older streams too.

const { getAsyncContext, runInContext } = require('internal/async_hooks/context');
const { addAbortListener } = require('internal/events/abort_listener');
const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_STREAM_PREMATURE_CLOSE },
} = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateObject } =
  require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const {
  isClosed, isNodeStream, isReadable, isReadableErrored, isReadableFinished, isReadableNodeStream,
  isReadableStream, isRequest, isWritable, isWritableErrored, isWritableFinished,
  isWritableNodeStream, isWritableStream, kIsClosedPromise, willEmitClose,
} = require('internal/streams/utils');

const kNoOptions = Object.freeze({ __proto__: null });

// One who waits for the end of one Node stream. The listeners are fields, so that they can be
// taken away again.
class Watcher {
  constructor(stream, options, callback) {
    this.stream = stream;
    this.callback = callback;
    this.readable = options.readable ?? isReadableNodeStream(stream);
    this.writable = options.writable ?? isWritableNodeStream(stream);
    // 'close' is worth waiting for only if both sides that it speaks for are of interest.
    this.awaitsClose = willEmitClose(stream) &&
      isReadableNodeStream(stream) === this.readable &&
      isWritableNodeStream(stream) === this.writable;
    this.readableFinished = isReadableFinished(stream, false);
    this.writableFinished = isWritableFinished(stream, false);
    this.abortListening = null;
    this.context = getAsyncContext();

    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
    const onEnd = () => this.sideDone(true);
    const onFinish = () => this.sideDone(false);
    const onError = (err) => this.done(err);
    const onClose = () => this.closed();
    this.onEnd = onEnd;
    this.onFinish = onFinish;
    this.onError = onError;
    this.onClose = onClose;
    this.onLegacyFinish = null;
    this.onRequest = null;
    this.isRequest = isRequest(stream);
  }

  listen(options) {
    const { stream } = this;
    if (this.isRequest) {
      stream.on('complete', this.onFinish);
      if (!this.awaitsClose) stream.on('abort', this.onClose);
      this.onRequest = () => stream.req.on('finish', this.onFinish);
      if (stream.req) this.onRequest();
      else stream.on('request', this.onRequest);
    } else if (this.writable && !stream._writableState) {
      this.onLegacyFinish = () => {
        if (!stream.writable) this.sideDone(false);
      };
      stream.on('end', this.onLegacyFinish);
      stream.on('close', this.onLegacyFinish);
    }

    // Not all that can be aborted emit 'close' after it.
    if (!this.awaitsClose && typeof stream.aborted === 'boolean') {
      stream.on('aborted', this.onClose);
    }
    stream.on('end', this.onEnd);
    stream.on('finish', this.onFinish);
    if (options.error !== false) stream.on('error', this.onError);
    stream.on('close', this.onClose);
  }

  // Takes every listener away. The callback will not be called any more.
  stop() {
    this.callback = null;
    const { stream } = this;
    if (this.isRequest || this.onLegacyFinish !== null || typeof stream.aborted === 'boolean') {
      stream.removeListener('aborted', this.onClose);
      stream.removeListener('complete', this.onFinish);
      stream.removeListener('abort', this.onClose);
      if (this.onRequest !== null) {
        stream.removeListener('request', this.onRequest);
        stream.req?.removeListener('finish', this.onFinish);
      }
      if (this.onLegacyFinish !== null) {
        stream.removeListener('end', this.onLegacyFinish);
        stream.removeListener('close', this.onLegacyFinish);
      }
    }
    stream.removeListener('finish', this.onFinish);
    stream.removeListener('end', this.onEnd);
    stream.removeListener('error', this.onError);
    stream.removeListener('close', this.onClose);
  }

  sideDone(isReadableSide) {
    const { stream } = this;
    if (isReadableSide) this.readableFinished = true;
    else this.writableFinished = true;

    // Some streams of others destroy themselves and never say 'close'.
    if (stream.destroyed) this.awaitsClose = false;
    if (isReadableSide) {
      if (this.awaitsClose && (!stream.writable || this.writable)) return;
      if (!this.writable || this.writableFinished) this.done();
    } else {
      if (this.awaitsClose && (!stream.readable || this.readable)) return;
      if (!this.readable || this.readableFinished) this.done();
    }
  }

  closed() {
    const { stream } = this;
    const err = errorOf(stream);
    if (err) {
      this.done(err);
    } else if ((this.readable && !this.readableFinished && isReadableNodeStream(stream, true) &&
                !isReadableFinished(stream, false)) ||
               (this.writable && !this.writableFinished && !isWritableFinished(stream, false))) {
      this.done(new ERR_STREAM_PREMATURE_CLOSE());
    } else {
      this.done();
    }
  }

  done(err) {
    const { callback } = this;
    if (callback === null) return;
    this.callback = null;
    this.abortListening?.[Symbol.dispose]();

    // The callback sees the async context of the one who asked, not of whatever ended the stream.
    runInContext(this.context, callback, this.stream, err === undefined ? [] : [err]);
  }

  // Reports a stream that was over before anybody asked, or returns false.
  alreadyOver() {
    const { stream, readable, writable, awaitsClose } = this;
    const w = stream._writableState;
    const r = stream._readableState;
    if (isClosed(stream)) {
      nextTick(this.onClose);
      return true;
    }
    if (w?.errorEmitted || r?.errorEmitted) {
      if (awaitsClose) return false;
    } else if (!readable && (!awaitsClose || isReadable(stream)) &&
               (this.writableFinished || isWritable(stream) === false) && !w?.pendingcb) {
      // Only the writable side counts, and it is done.
    } else if (!writable && (!awaitsClose || isWritable(stream)) &&
               (this.readableFinished || isReadable(stream) === false)) {
      // Only the readable side counts, and it is done.
    } else if (!(r && stream.req && stream.aborted)) {
      return false;
    }
    nextTick(reportOver, this);
    return false;
  }

  abort(signal) {
    const { callback } = this;
    if (callback === null) return;
    this.stop();
    this.callback = callback;
    this.done(new AbortError(undefined, { cause: signal.reason }));
  }
}

function errorOf(stream) {
  const err = isWritableErrored(stream) || isReadableErrored(stream);
  return err && typeof err !== 'boolean' ? err : undefined;
}

function reportOver(watcher) {
  watcher.done(errorOf(watcher.stream));
}

function finished(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = kNoOptions;
  } else if (options === undefined || options === null) {
    options = kNoOptions;
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');

  if (isReadableStream(stream) || isWritableStream(stream)) {
    return finishedWeb(stream, signal, callback);
  }
  if (!isNodeStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const watcher = new Watcher(stream, options, callback);
  watcher.listen(options);
  const over = watcher.alreadyOver();
  if (signal && !over) {
    if (signal.aborted) nextTick(() => watcher.abort(signal));
    else watcher.abortListening = addAbortListener(signal, () => watcher.abort(signal));
  }
  return () => {
    watcher.stop();
    watcher.abortListening?.[Symbol.dispose]();
  };
}

// A web stream tells its end by a promise that its implementation keeps for this purpose.
function finishedWeb(stream, signal, callback) {
  if (stream[kIsClosedPromise] === undefined) {
    throw new ERR_METHOD_NOT_IMPLEMENTED('stream.finished() of this web stream');
  }
  let over = false;
  let listening = null;
  const done = (...args) => {
    if (over) return;
    over = true;
    listening?.[Symbol.dispose]();
    Reflect.apply(callback, stream, args);
  };
  if (signal) {
    const onAbort = () => done(new AbortError(undefined, { cause: signal.reason }));
    if (signal.aborted) nextTick(onAbort);
    else listening = addAbortListener(signal, onAbort);
  }
  stream[kIsClosedPromise].promise.then(
    () => nextTick(done),
    (err) => nextTick(done, err));
  return () => {
    over = true;
  };
}

// The promise form, with `cleanup` to take the listeners away again afterwards.
function finishedPromise(stream, options) {
  let autoCleanup = false;
  options ??= kNoOptions;
  if (options.cleanup !== undefined) {
    validateBoolean(options.cleanup, 'cleanup');
    autoCleanup = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const stop = finished(stream, options, (err) => {
      if (autoCleanup) stop();
      if (err) reject(err);
      else resolve();
    });
  });
}

module.exports = { finished, finishedPromise };
