'use strict';

// The states of a readable stream, its default controller and its readers, and
// how they move: the standard's algorithms, but those for bytes. The classes
// that programs see are in webstreams/readable.

const {
  codes: { ERR_INVALID_STATE },
} = require('internal/errors');
const {
  callAsNewPromise, callAsPromise, deferred, markHandled, nop, rejected, rejectedHandled, resolved, resolvedAnew, settledDeferred, upon,
} = require('internal/webstreams/promises');
const { Queue } = require('internal/util/queue');
const { SizedQueue } = require('internal/webstreams/queue');
const { checkSize } = require('internal/webstreams/writable_state');

class ReadableState {
  // 'readable', 'closed', 'errored'
  state = 'readable';
  storedError = undefined;
  disturbed = false;
  reader = undefined;
  controller = undefined;
  // The object that programs have.
  stream = undefined;
  // For those who wait for the end without a reader.
  closedSignal = undefined;

  get isLocked() {
    return this.reader !== undefined;
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

  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return resolved();
    if (this.state === 'errored') return rejected(this.storedError);
    this.close();
    const { reader } = this;
    if (reader !== undefined && reader.isByob) {
      for (const request of reader.requests.drain()) request.close(undefined);
    }
    return upon(this.controller.cancelSteps(reason), nop);
  }

  close() {
    this.state = 'closed';
    this.closedSignal?.resolve();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (!reader.isByob) for (const request of reader.requests.drain()) request.close();
  }

  error(error) {
    this.state = 'errored';
    this.storedError = error;
    this.closedSignal?.reject(error);
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(error);
    markHandled(reader.closed.promise);
    for (const request of reader.requests.drain()) request.error(error);
  }

  // How many reads wait in a reader of the given kind.
  waiting(isByob) {
    const { reader } = this;
    return reader !== undefined && reader.isByob === isByob ? reader.requests.length : 0;
  }
}

// What default readers and byob readers share. A request is { chunk(value), close(value), error(error) }.
class ReaderState {
  requests = new Queue();
  isByob;
  stream;
  closed;

  constructor(stream, isByob) {
    if (stream.isLocked) throw new ERR_INVALID_STATE.TypeError('ReadableStream is locked');
    this.isByob = isByob;
    this.stream = stream;
    stream.reader = this;
    switch (stream.state) {
      case 'readable':
        this.closed = deferred();
        break;
      case 'closed':
        this.closed = settledDeferred(resolved());
        break;
      default:
        this.closed = settledDeferred(rejectedHandled(stream.storedError));
    }
  }

  cancel(reason) {
    return this.stream.cancel(reason);
  }

  // For a default reader.
  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullSteps(request);
  }

  // For a byob reader.
  readInto(view, min, request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullInto(view, min, request);
  }

  release() {
    const { stream } = this;
    const error = new ERR_INVALID_STATE.TypeError('Reader released');
    if (stream.state === 'readable') this.closed.reject(error);
    else this.closed = settledDeferred(rejected(error));
    markHandled(this.closed.promise);
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    for (const request of this.requests.drain()) {
      request.error(new ERR_INVALID_STATE.TypeError('Releasing reader'));
    }
  }
}

// A request whose outcome is a promise.
class PromiseRequest {
  #deferred = deferred();

  get promise() {
    return this.#deferred.promise;
  }

  chunk(value) {
    this.#deferred.resolve({ value, done: false });
  }

  close(value) {
    this.#deferred.resolve({ value, done: true });
  }

  error(error) {
    this.#deferred.reject(error);
  }
}

// What both kinds of controllers do about pulling.
class PullingController {
  stream;
  // { pull(), cancel(reason) }, each returning a promise.
  algorithms;
  highWaterMark;
  // The object that programs have, if one does.
  controllerObject = undefined;
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;

  constructor(stream, algorithms, highWaterMark) {
    this.stream = stream;
    this.algorithms = algorithms;
    this.highWaterMark = highWaterMark;
    stream.controller = this;
  }

  // `startResult` is what the source's start() has returned.
  begin(startResult) {
    upon(resolvedAnew(startResult), () => {
      this.started = true;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  pullIfNeeded() {
    if (!this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    upon(this.algorithms.pull(), () => {
      this.pulling = false;
      if (!this.pullAgain) return;
      this.pullAgain = false;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  clearAlgorithms() {
    this.algorithms = undefined;
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    if (state === 'closed') return 0;
    return this.highWaterMark - this.queueTotal;
  }

  get canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }
}

class DefaultControllerState extends PullingController {
  queue = new SizedQueue();
  sizeAlgorithm;

  constructor(stream, algorithms, highWaterMark, sizeAlgorithm) {
    super(stream, algorithms, highWaterMark);
    this.sizeAlgorithm = sizeAlgorithm;
  }

  get queueTotal() {
    return this.queue.total;
  }

  shouldPull() {
    if (!this.canCloseOrEnqueue || !this.started) return false;
    return this.stream.waiting(false) > 0 || this.desiredSize > 0;
  }

  clearAlgorithms() {
    super.clearAlgorithms();
    this.sizeAlgorithm = undefined;
  }

  pullSteps(request) {
    const { queue, stream } = this;
    if (queue.length === 0) {
      stream.reader.requests.push(request);
      this.pullIfNeeded();
      return;
    }
    const chunk = queue.shift();
    if (this.closeRequested && queue.length === 0) {
      this.clearAlgorithms();
      stream.close();
    } else {
      this.pullIfNeeded();
    }
    request.chunk(chunk);
  }

  releaseSteps() {}

  cancelSteps(reason) {
    this.queue.clear();
    const result = this.algorithms.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  close() {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    }
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { stream } = this;
    if (stream.waiting(false) > 0) {
      stream.reader.requests.shift().chunk(chunk);
    } else {
      try {
        const { sizeAlgorithm } = this;
        const size = sizeAlgorithm === undefined ? 1 : checkSize(Reflect.apply(sizeAlgorithm, undefined, [chunk]));
        this.queue.push(chunk, size);
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.pullIfNeeded();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  get hasBackpressure() {
    return !this.shouldPull();
  }
}

// The algorithms of a source that a program has given.
function sourceAlgorithms(source, { pull, cancel }, controller) {
  return {
    pull: pull === undefined ? () => resolved() : () => callAsPromise(pull, source, controller),
    cancel: cancel === undefined ? () => resolved() : (reason) => callAsNewPromise(cancel, source, reason),
  };
}

module.exports = {
  DefaultControllerState, PromiseRequest, PullingController, ReadableState, ReaderState, sourceAlgorithms,
};
