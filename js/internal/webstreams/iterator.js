'use strict';

// Reading a stream with `for await`.

const {
  codes: { ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { deferred, rejected, resolved, upon } = require('internal/webstreams/promises');
const { ReaderState } = require('internal/webstreams/readable_state');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

const states = new WeakMap();

class IteratorState {
  #reader;
  #preventCancel;
  // The last call that has been made: they are answered in order.
  #last;
  #done = false;

  constructor(stream, preventCancel) {
    this.#reader = new ReaderState(stream, false);
    this.#preventCancel = preventCancel;
  }

  #enqueue(step) {
    this.#last = this.#last === undefined ? step() : upon(this.#last, step, step);
    return this.#last;
  }

  next() {
    return this.#enqueue(() => this.#next());
  }

  return(value) {
    return this.#enqueue(() => this.#return(value));
  }

  #next() {
    if (this.#done) return resolved({ value: undefined, done: true });
    const reader = this.#reader;
    if (reader.stream === undefined) {
      return rejected(new ERR_INVALID_STATE.TypeError('The reader is not bound to a ReadableStream'));
    }
    const answer = deferred();
    reader.read({
      // In a microtask of its own: whoever is at the stream now goes on first.
      chunk: (value) => upon(resolved(), () => answer.resolve({ value, done: false })),
      close: () => {
        this.#done = true;
        reader.release();
        answer.resolve({ value: undefined, done: true });
      },
      error: (error) => {
        this.#done = true;
        reader.release();
        answer.reject(error);
      },
    });
    return answer.promise;
  }

  #return(value) {
    if (this.#done) return resolved({ value, done: true });
    this.#done = true;
    const reader = this.#reader;
    if (reader.stream === undefined) {
      return rejected(new ERR_INVALID_STATE.TypeError('The reader is not bound to a ReadableStream'));
    }
    if (this.#preventCancel) {
      reader.release();
      return resolved({ value, done: true });
    }
    const result = reader.cancel(value);
    reader.release();
    return upon(result, () => ({ value, done: true }));
  }
}

function stateOf(iterator) {
  const state = states.get(iterator);
  if (state === undefined) throw new ERR_INVALID_THIS('ReadableStreamAsyncIterator');
  return state;
}

const prototype = Object.create(AsyncIteratorPrototype);
for (const [name, method] of Object.entries({
  next() {
    try {
      return stateOf(this).next();
    } catch (error) {
      return rejected(error);
    }
  },
  return(value) {
    try {
      return stateOf(this).return(value);
    } catch (error) {
      return rejected(error);
    }
  },
})) {
  Object.defineProperty(prototype, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true, value: method,
  });
}

function iterate(stream, preventCancel) {
  const iterator = Object.create(prototype);
  states.set(iterator, new IteratorState(stream, preventCancel));
  return iterator;
}

module.exports = { iterate };
