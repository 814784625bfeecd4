'use strict';

// events.on(): the events of an emitter or target as an async iterator, with
// optional back-pressure through the emitter's pause() and resume().

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const {
  validateAbortSignal,
  validateInteger,
  validateObject,
} = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { addListenerToEither, removeListenerFromEither } = require('internal/events/either');
const { kFirstEventParam, kWatermarkData } = require('internal/events/symbols');

const AsyncIteratorPrototype =
  Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

// First in, first out, without moving what is behind the head.
class Queue {
  #items = [];
  #head = 0;

  get size() {
    return this.#items.length - this.#head;
  }

  push(item) {
    this.#items.push(item);
  }

  shift() {
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }
}

function on(emitter, event, options = { __proto__: null }) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) {
    throw new AbortError(undefined, { cause: signal.reason });
  }
  // Both spellings have been documented.
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(low, 'options.lowWaterMark', 1);

  const canPause = typeof emitter.pause === 'function' && typeof emitter.resume === 'function';
  const events = new Queue();
  const readers = new Queue();
  const listening = [];
  let paused = false;
  let error = null;
  let finished = false;
  let abortListener;

  function listen(name, handler) {
    addListenerToEither(emitter, name, handler);
    listening.push(name, handler);
  }

  function onEvent(value) {
    if (readers.size > 0) {
      readers.shift().resolve({ value, done: false });
      return;
    }
    events.push(value);
    if (canPause && !paused && events.size > high) {
      paused = true;
      emitter.pause();
    }
  }

  function onError(err) {
    if (readers.size > 0) readers.shift().reject(err);
    else error = err;
    finish();
  }

  function finish() {
    abortListener?.[Symbol.dispose]();
    while (listening.length > 0) {
      const handler = listening.pop();
      removeListenerFromEither(emitter, listening.pop(), handler);
    }
    finished = true;
    const done = { value: undefined, done: true };
    while (readers.size > 0) readers.shift().resolve(done);
    return Promise.resolve(done);
  }

  const iterator = {
    __proto__: AsyncIteratorPrototype,

    next() {
      if (events.size > 0) {
        const value = events.shift();
        if (paused && events.size < low) {
          paused = false;
          // What has ended cannot go on.
          if (!finished) emitter.resume();
        }
        return Promise.resolve({ value, done: false });
      }
      if (error !== null) {
        const rejection = Promise.reject(error);
        error = null;
        return rejection;
      }
      if (finished) return finish();
      return new Promise((resolve, reject) => readers.push({ resolve, reject }));
    },

    return() {
      return finish();
    },

    throw(err) {
      if (!err || !(err instanceof Error)) {
        throw new ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', err);
      }
      onError(err);
    },

    [Symbol.asyncIterator]() {
      return this;
    },

    [kWatermarkData]: {
      get size() {
        return events.size;
      },
      get low() {
        return low;
      },
      get high() {
        return high;
      },
      get isPaused() {
        return paused;
      },
    },
  };

  listen(event, options[kFirstEventParam] ? onEvent : (...args) => onEvent(args));
  if (event !== 'error' && typeof emitter.on === 'function') {
    listen('error', onError);
  }
  for (const name of options.close ?? []) listen(name, finish);
  if (signal != null) {
    abortListener = addAbortListener(signal, () => {
      onError(new AbortError(undefined, { cause: signal.reason }));
    });
  }
  return iterator;
}

module.exports = { on };
