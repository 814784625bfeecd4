'use strict';

// `for await (const chunk of readable)`: an async iterator over read(). It has the manners of an
// async generator (calls are answered in order, nothing starts before the first next()) without
// a generator's extra promises.

const { aggregateTwoErrors } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { destroyer } = require('internal/streams/destroy');
const { finished } = require('internal/streams/end_of_stream');
const { wrapLegacy } = require('internal/streams/readable_wrap');

const AsyncIteratorPrototype =
  Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

const kFresh = 0;
const kRunning = 1;
const kDone = 2;

function isPromise(chunk) {
  return typeof chunk === 'object' && typeof chunk?.then === 'function';
}

class ReadableIterator {
  #phase = kFresh;
  #destroyOnReturn;
  // undefined: the stream goes on; null: it ended well; else why it ended.
  #error = undefined;
  // Calls without an answer: { method, value, resolve, reject }.
  #calls = [];
  #answering = false;
  // A chunk that is a promise is being waited for.
  #settling = false;
  #wake = null;
  #waking = false;
  #stopWatching = null;

  constructor(stream, destroyOnReturn) {
    this.stream = stream;
    this.#destroyOnReturn = destroyOnReturn;
  }

  next() {
    // With a chunk at hand and nobody in front there is nothing to queue.
    if (this.#phase === kRunning && this.#calls.length === 0 && !this.#answering &&
        !this.#settling && !this.stream.destroyed) {
      this.#answering = true;
      let chunk = null;
      try {
        chunk = this.stream.read();
      } catch (err) {
        return Promise.reject(this.#fail(err));
      } finally {
        this.#answering = false;
      }
      if (chunk !== null && !isPromise(chunk)) {
        return Promise.resolve({ value: chunk, done: false });
      }
      return this.#call('next', undefined, chunk);
    }
    return this.#call('next', undefined, null);
  }

  return(value) {
    return this.#call('return', value, null);
  }

  throw(err) {
    return this.#call('throw', err, null);
  }

  // `promise` is a chunk that has been read for this call and is to be waited for, or null.
  #call(method, value, promise) {
    return new Promise((resolve, reject) => {
      const call = { method, value, resolve, reject };
      if (promise !== null) {
        this.#settle(call, promise);
      } else {
        this.#calls.push(call);
        this.#answer();
      }
    });
  }

  #fail(err) {
    this.#error = aggregateTwoErrors(this.#error, err);
    this.#finish();
    return this.#error;
  }

  // Answers as many calls as can be answered now.
  #answer() {
    // read() emits, and so may come back here.
    if (this.#answering || this.#settling) return;
    this.#answering = true;
    try {
      while (this.#calls.length > 0 && this.#answerOne(this.#calls[0]));
    } finally {
      this.#answering = false;
    }
  }

  // False where the call has to wait for the stream.
  #answerOne(call) {
    if (call.method !== 'next') {
      this.#calls.shift();
      this.#leave(call);
      return true;
    }
    if (this.#phase === kDone) {
      this.#calls.shift();
      call.resolve({ value: undefined, done: true });
      return true;
    }
    if (this.#phase === kFresh) this.#start();

    const { stream } = this;
    let chunk = null;
    if (!stream.destroyed) {
      try {
        chunk = stream.read();
      } catch (err) {
        this.#calls.shift();
        call.reject(this.#fail(err));
        return true;
      }
    }
    if (chunk !== null) {
      this.#calls.shift();
      if (isPromise(chunk)) {
        this.#settle(call, chunk);
        return false;
      }
      call.resolve({ value: chunk, done: false });
      return true;
    }
    if (this.#error === undefined) return false;

    this.#calls.shift();
    const err = this.#error;
    this.#finish();
    if (err === null) call.resolve({ value: undefined, done: true });
    else call.reject(err);
    return true;
  }

  #settle(call, promise) {
    this.#settling = true;
    Promise.resolve(promise).then((value) => {
      this.#settling = false;
      call.resolve({ value, done: false });
      this.#answer();
    }, (err) => {
      this.#settling = false;
      call.reject(this.#fail(err));
      this.#answer();
    });
  }

  // return() and throw()
  #leave({ method, value, resolve, reject }) {
    if (this.#phase === kRunning) {
      if (method === 'throw') {
        this.#error = aggregateTwoErrors(this.#error, value);
        value = this.#error;
      }
      this.#finish();
    }
    this.#phase = kDone;
    if (method === 'throw') reject(value);
    // A promise as the value is waited for, as a generator's `return` does.
    else Promise.resolve(value).then((settled) => resolve({ value: settled, done: true }), reject);
  }

  #start() {
    this.#phase = kRunning;
    const answer = () => {
      this.#waking = false;
      this.#answer();
    };
    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to. Not within the event: what read()
    // brings about ('end', 'close') comes after the loop has had the chunk.
    const wake = () => {
      if (this.#waking || this.#calls.length === 0) return;
      this.#waking = true;
      Promise.resolve().then(answer);
    };
    this.#wake = wake;
    this.stream.on('readable', this.#wake);
    this.#stopWatching = finished(this.stream, { writable: false }, (err) => {
      this.#error = err ? aggregateTwoErrors(this.#error, err) : null;
      this.#answer();
    });
  }

  #finish() {
    this.#phase = kDone;
    const { stream } = this;
    const wanted = this.#error || this.#destroyOnReturn;
    if (wanted && (this.#error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', this.#wake);
      this.#stopWatching();
    }
  }
}
Object.setPrototypeOf(ReadableIterator.prototype, AsyncIteratorPrototype);

function iterate(stream, destroyOnReturn) {
  if (typeof stream.read !== 'function') stream = wrapLegacy(stream, { objectMode: true });
  return new ReadableIterator(stream, destroyOnReturn);
}

// readable.iterator()
function iterator(options) {
  if (options !== undefined) validateObject(options, 'options');
  return iterate(this, options?.destroyOnReturn !== false);
}

// readable[Symbol.asyncIterator]()
function asyncIterator() {
  return iterate(this, true);
}

module.exports = { asyncIterator, iterator };
