'use strict';

// Piping a readable stream into a writable one: pipeTo() and pipeThrough().

const {
  AbortError,
  codes: { ERR_INVALID_STATE },
} = require('internal/errors');
const { DOMException, isDOMException } = require('internal/domexception');
const { deferred, markHandled, resolved, upon } = require('internal/webstreams/promises');
const { ReaderState } = require('internal/webstreams/readable_state');
const { WriterState } = require('internal/webstreams/writable_state');

// The web knows abortion as a DOMException.
function abortReason(reason) {
  if (!(reason instanceof AbortError) || isDOMException(reason)) return reason;
  return new DOMException(reason.message, { name: 'AbortError', cause: reason });
}

class Pipe {
  #source;
  #target;
  #reader;
  #writer;
  #options;
  #done = deferred();
  #shuttingDown = false;
  // Whether a read has been asked for and not answered, and the write that was started last.
  #reading = false;
  #lastWrite = resolved();
  #onAbort;

  constructor(source, target, options) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#reader = new ReaderState(source, false);
    this.#writer = new WriterState(target);
    source.disturbed = true;
  }

  start() {
    const { signal } = this.#options;
    if (signal !== undefined) {
      this.#onAbort = () => this.#abort(abortReason(signal.reason));
      if (signal.aborted) {
        this.#onAbort();
        return this.#done.promise;
      }
      signal.addEventListener('abort', this.#onAbort);
    }
    this.#watchEnds();
    this.#step();
    return this.#done.promise;
  }

  #abort(reason) {
    const { preventAbort, preventCancel } = this.#options;
    const actions = [];
    if (!preventAbort) {
      actions.push(() => (this.#target.state === 'writable' ? this.#target.abort(reason) : resolved()));
    }
    if (!preventCancel) {
      actions.push(() => (this.#source.state === 'readable' ? this.#source.cancel(reason) : resolved()));
    }
    this.#shutdown(() => {
      const pending = actions.map((action) => action());
      for (const promise of pending) markHandled(promise);
      return allOf(pending);
    }, { error: reason });
  }

  // An end that one of the streams has reached already counts in this order.
  #watchEnds() {
    const source = this.#source;
    const target = this.#target;
    if (source.state === 'errored') this.#sourceFailed(source.storedError);
    else if (source.state !== 'closed') upon(this.#reader.closed.promise, () => this.#sourceClosed(), (error) => this.#sourceFailed(error));

    if (target.state === 'errored') this.#targetFailed(target.storedError);
    else upon(this.#writer.closed.promise, undefined, (error) => this.#targetFailed(error));

    if (source.state === 'closed') this.#sourceClosed();
    if (target.isClosing || target.state === 'closed') this.#targetClosed();
  }

  #sourceFailed(error) {
    const action = this.#options.preventAbort ? undefined : () => this.#target.abort(error);
    this.#shutdown(action, { error });
  }

  #targetFailed(error) {
    const action = this.#options.preventCancel ? undefined : () => this.#source.cancel(error);
    this.#shutdown(action, { error });
  }

  #sourceClosed() {
    this.#shutdown(this.#options.preventClose ? undefined : () => this.#writer.closeWithErrorPropagation());
  }

  #targetClosed() {
    const error = new ERR_INVALID_STATE.TypeError('Destination WritableStream is closed');
    const action = this.#options.preventCancel ? undefined : () => this.#source.cancel(error);
    this.#shutdown(action, { error });
  }

  // Reads and writes until something ends it.
  #step() {
    if (this.#shuttingDown) return;
    const writer = this.#writer;
    if (!(writer.desiredSize > 0)) {
      // Its failure comes by way of the target's end.
      upon(writer.ready.promise, () => this.#step(), () => {});
      return;
    }
    this.#reading = true;
    this.#reader.read({
      chunk: (chunk) => {
        this.#reading = false;
        // A chunk is not handed on while the source is still at it.
        this.#lastWrite = upon(resolved(), () => {
          const write = this.#writer.stream === undefined ? resolved() : this.#writer.write(chunk);
          markHandled(write);
          return write;
        });
        markHandled(this.#lastWrite);
        upon(resolved(), () => this.#step());
      },
      close: () => {
        this.#reading = false;
      },
      error: () => {
        this.#reading = false;
      },
    });
  }

  // What has been read is written first, if there is still somebody to take it.
  #shutdown(action, failure) {
    if (this.#shuttingDown) return;
    this.#shuttingDown = true;
    const proceed = () => {
      if (action === undefined) {
        this.#finish(failure);
        return;
      }
      upon(action(), () => this.#finish(failure), (error) => this.#finish({ error }));
    };
    if (this.#target.state === 'writable' && !this.#target.isClosing) this.#afterWrites(proceed);
    else proceed();
  }

  #afterWrites(proceed) {
    const last = this.#lastWrite;
    const check = () => {
      if (last === this.#lastWrite) proceed();
      else this.#afterWrites(proceed);
    };
    upon(last, check, check);
  }

  #finish(failure) {
    this.#writer.release();
    this.#reader.release();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    if (failure === undefined) this.#done.resolve();
    else this.#done.reject(failure.error);
  }
}

// Fulfilled when all are, rejected as the first that is.
function allOf(promises) {
  const all = deferred();
  let left = promises.length;
  if (left === 0) all.resolve();
  for (const promise of promises) {
    upon(promise, () => {
      if (--left === 0) all.resolve();
    }, all.reject);
  }
  return all.promise;
}

// `options`: { preventAbort, preventCancel, preventClose, signal }
function pipe(source, target, options) {
  return new Pipe(source, target, options).start();
}

module.exports = { pipe };
