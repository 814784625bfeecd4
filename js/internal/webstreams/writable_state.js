'use strict';

// The states of a writable stream, its controller and its writer, and how they
// move: the standard's algorithms. The classes that programs see are in
// webstreams/writable.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE },
} = require('internal/errors');
const {
  callAsNewPromise, callAsPromise, deferred, markHandled, rejected, rejectedHandled, resolved, resolvedAnew, settledDeferred, upon,
} = require('internal/webstreams/promises');
const { AbortController } = require('internal/abort_controller');
const { Queue } = require('internal/util/queue');
const { SizedQueue } = require('internal/webstreams/queue');

// Among the chunks of a controller: the end.
const closeSentinel = Symbol('close');

class WritableState {
  // 'writable', 'erroring', 'errored', 'closed'
  state = 'writable';
  storedError = undefined;
  controller = undefined;
  writer = undefined;
  backpressure = false;
  // The deferreds of writes that have been accepted, of the one that the sink is doing, and of close() before and during.
  writeRequests = new Queue();
  inFlightWrite = undefined;
  closeRequest = undefined;
  inFlightClose = undefined;
  // { deferred, reason, wasErroring }
  pendingAbort = undefined;
  // The object that programs have.
  stream = undefined;
  // For those who wait for the end without a writer.
  closedSignal = undefined;

  get isLocked() {
    return this.writer !== undefined;
  }

  get isClosing() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  getClosedSignal() {
    if (this.closedSignal === undefined) {
      this.closedSignal = deferred();
      markHandled(this.closedSignal.promise);
      if (this.state === 'closed') this.closedSignal.resolve();
      else if (this.state === 'errored') this.closedSignal.reject(this.storedError);
    }
    return this.closedSignal;
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return resolved();
    this.controller.abort(reason);
    // The signal's listeners may have ended it.
    if (this.state === 'closed' || this.state === 'errored') return resolved();
    if (this.pendingAbort !== undefined) return this.pendingAbort.deferred.promise;
    const wasErroring = this.state === 'erroring';
    const pending = { deferred: deferred(), reason: wasErroring ? undefined : reason, wasErroring };
    this.pendingAbort = pending;
    if (!wasErroring) this.startErroring(reason);
    return pending.deferred.promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return rejected(new ERR_INVALID_STATE.TypeError('WritableStream is closed'));
    }
    const request = deferred();
    this.closeRequest = request;
    if (this.writer !== undefined && this.backpressure && this.state === 'writable') this.writer.ready.resolve();
    this.controller.close();
    return request.promise;
  }

  addWriteRequest() {
    const request = deferred();
    this.writeRequests.push(request);
    return request.promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason) {
    const { controller, writer } = this;
    this.state = 'erroring';
    this.storedError = reason;
    if (writer !== undefined) writer.rejectReady(reason);
    if (this.inFlightWrite === undefined && this.inFlightClose === undefined && controller.started) {
      this.finishErroring();
    }
  }

  finishErroring() {
    this.state = 'errored';
    this.controller.errorSteps();
    const { storedError } = this;
    for (const request of this.writeRequests.drain()) request.reject(storedError);

    const pending = this.pendingAbort;
    this.pendingAbort = undefined;
    if (pending === undefined) {
      this.rejectCloseAndClosed();
      return;
    }
    if (pending.wasErroring) {
      pending.deferred.reject(storedError);
      this.rejectCloseAndClosed();
      return;
    }
    upon(this.controller.abortSteps(pending.reason), () => {
      pending.deferred.resolve();
      this.rejectCloseAndClosed();
    }, (error) => {
      pending.deferred.reject(error);
      this.rejectCloseAndClosed();
    });
  }

  finishInFlightWrite() {
    this.inFlightWrite.resolve();
    this.inFlightWrite = undefined;
  }

  failInFlightWrite(error) {
    this.inFlightWrite.reject(error);
    this.inFlightWrite = undefined;
    this.dealWithRejection(error);
  }

  finishInFlightClose() {
    this.inFlightClose.resolve();
    this.inFlightClose = undefined;
    if (this.state === 'erroring') {
      // It got through before the error did.
      this.storedError = undefined;
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.deferred.resolve();
        this.pendingAbort = undefined;
      }
    }
    this.state = 'closed';
    this.writer?.closed.resolve();
    this.closedSignal?.resolve();
  }

  failInFlightClose(error) {
    this.inFlightClose.reject(error);
    this.inFlightClose = undefined;
    if (this.pendingAbort !== undefined) {
      this.pendingAbort.deferred.reject(error);
      this.pendingAbort = undefined;
    }
    this.dealWithRejection(error);
  }

  rejectCloseAndClosed() {
    const { storedError } = this;
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(storedError);
      this.closeRequest = undefined;
    }
    if (this.writer !== undefined) {
      this.writer.closed.reject(storedError);
      markHandled(this.writer.closed.promise);
    }
    this.closedSignal?.reject(storedError);
  }

  updateBackpressure(backpressure) {
    const { writer } = this;
    if (writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) writer.ready = deferred();
      else writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

class WritableControllerState {
  stream;
  // { write(chunk), close(), abort(reason) }, each returning a promise.
  algorithms;
  highWaterMark;
  sizeAlgorithm;
  started = false;
  queue = new SizedQueue();
  // AbortController, when its signal has been asked for.
  abortController = undefined;
  // What an abort() was for, in case the signal is asked for later.
  aborted = false;
  abortReason = undefined;

  constructor(stream, algorithms, highWaterMark, sizeAlgorithm) {
    this.stream = stream;
    this.algorithms = algorithms;
    this.highWaterMark = highWaterMark;
    this.sizeAlgorithm = sizeAlgorithm;
    stream.controller = this;
    stream.updateBackpressure(this.hasBackpressure);
  }

  // `startResult` is what the sink's start() has returned.
  begin(startResult) {
    const { stream } = this;
    upon(resolvedAnew(startResult), () => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      stream.dealWithRejection(error);
    });
  }

  get desiredSize() {
    return this.highWaterMark - this.queue.total;
  }

  get hasBackpressure() {
    return this.desiredSize <= 0;
  }

  getSignal() {
    if (this.abortController === undefined) {
      this.abortController = new AbortController();
      if (this.aborted) this.abortController.abort(this.abortReason);
    }
    return this.abortController.signal;
  }

  abort(reason) {
    if (!this.aborted) {
      this.aborted = true;
      this.abortReason = reason;
      this.abortController?.abort(reason);
    }
  }

  clearAlgorithms() {
    this.algorithms = undefined;
    this.sizeAlgorithm = undefined;
  }

  abortSteps(reason) {
    const result = this.algorithms.abort(reason);
    this.clearAlgorithms();
    return result;
  }

  errorSteps() {
    this.queue.clear();
  }

  // An error of the sink's own; ignored when the stream has ended.
  errorIfNeeded(error) {
    if (this.stream.state === 'writable') this.error(error);
  }

  error(error) {
    this.clearAlgorithms();
    this.stream.startErroring(error);
  }

  close() {
    this.queue.push(closeSentinel, 0);
    this.advance();
  }

  // 1 where the strategy has failed, which ends the stream.
  sizeOf(chunk) {
    if (this.sizeAlgorithm === undefined) return 1;
    try {
      return Reflect.apply(this.sizeAlgorithm, undefined, [chunk]);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    const { stream } = this;
    try {
      size = checkSize(size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    this.queue.push(chunk, size);
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.hasBackpressure);
    this.advance();
  }

  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (stream.state !== 'writable' && stream.state !== 'erroring') return;
    if (this.queue.length === 0) return;
    const chunk = this.queue.peek();
    if (chunk === closeSentinel) this.processClose();
    else this.processWrite(chunk);
  }

  processClose() {
    const { stream } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    const done = this.algorithms.close();
    this.clearAlgorithms();
    upon(done, () => stream.finishInFlightClose(), (error) => stream.failInFlightClose(error));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.inFlightWrite = stream.writeRequests.shift();
    upon(this.algorithms.write(chunk), () => {
      stream.finishInFlightWrite();
      const { state } = stream;
      this.queue.shift();
      if (!stream.isClosing && state === 'writable') stream.updateBackpressure(this.hasBackpressure);
      this.advance();
    }, (error) => {
      if (stream.state === 'writable') this.clearAlgorithms();
      stream.failInFlightWrite(error);
    });
  }
}

class WriterState {
  stream;
  ready;
  closed;

  constructor(stream) {
    if (stream.isLocked) throw new ERR_INVALID_STATE.TypeError('WritableStream is locked');
    this.stream = stream;
    stream.writer = this;
    switch (stream.state) {
      case 'writable':
        this.ready = !stream.isClosing && stream.backpressure ? deferred() : settledDeferred(resolved());
        this.closed = deferred();
        break;
      case 'erroring':
        this.ready = settledDeferred(rejectedHandled(stream.storedError));
        this.closed = deferred();
        break;
      case 'closed':
        this.ready = settledDeferred(resolved());
        this.closed = settledDeferred(resolved());
        break;
      default:
        this.ready = settledDeferred(rejectedHandled(stream.storedError));
        this.closed = settledDeferred(rejectedHandled(stream.storedError));
    }
  }

  get desiredSize() {
    const { stream } = this;
    if (stream.state === 'errored' || stream.state === 'erroring') return null;
    if (stream.state === 'closed') return 0;
    return stream.controller.desiredSize;
  }

  rejectReady(error) {
    if (core.getPromiseDetails(this.ready.promise)[0] === 0) this.ready.reject(error);
    else this.ready = settledDeferred(rejected(error));
    markHandled(this.ready.promise);
  }

  rejectClosed(error) {
    if (core.getPromiseDetails(this.closed.promise)[0] === 0) this.closed.reject(error);
    else this.closed = settledDeferred(rejected(error));
    markHandled(this.closed.promise);
  }

  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.sizeOf(chunk);
    // The strategy may have released it.
    if (stream !== this.stream) return rejected(new ERR_INVALID_STATE.TypeError('Writer is not bound to a WritableStream'));
    const { state } = stream;
    if (state === 'errored') return rejected(stream.storedError);
    if (stream.isClosing || state === 'closed') {
      return rejected(new ERR_INVALID_STATE.TypeError('WritableStream is closed'));
    }
    if (state === 'erroring') return rejected(stream.storedError);
    const promise = stream.addWriteRequest();
    controller.write(chunk, size);
    return promise;
  }

  closeWithErrorPropagation() {
    const { stream } = this;
    const { state } = stream;
    if (stream.isClosing || state === 'closed') return resolved();
    if (state === 'errored') return rejected(stream.storedError);
    return stream.close();
  }

  release() {
    const { stream } = this;
    const error = new ERR_INVALID_STATE.TypeError('Writer has been released');
    this.rejectReady(error);
    this.rejectClosed(error);
    stream.writer = undefined;
    this.stream = undefined;
  }
}

// A size as a queue takes it.
function checkSize(size) {
  const number = typeof size === 'bigint' ? NaN : +size;
  if (Number.isNaN(number) || number < 0 || number === Infinity) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('size', size);
  }
  return number;
}

// The algorithms of a sink that a program has given.
function sinkAlgorithms(sink, { write, close, abort }, controller) {
  return {
    write: write === undefined ? () => resolved() : (chunk) => callAsPromise(write, sink, chunk, controller),
    close: close === undefined ? () => resolved() : () => callAsNewPromise(close, sink),
    abort: abort === undefined ? () => resolved() : (reason) => callAsNewPromise(abort, sink, reason),
  };
}

module.exports = { WritableControllerState, WritableState, WriterState, checkSize, sinkAlgorithms };
