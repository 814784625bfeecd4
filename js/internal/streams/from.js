'use strict';

// Readable.from(): a stream over any iterable, sync or async. A string or Buffer is one chunk.

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');

function isPromise(value) {
  return typeof value?.then === 'function';
}

// Takes the class, because those that use it have different ones.
function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }

  let iterator;
  let isAsync;
  if (iterable && iterable[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable && iterable[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  // Between a _read() and the push() that says it is enough.
  let running = false;

  // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
  const read = () => {
    if (running) return;
    running = true;
    if (isAsync) pumpAsync(undefined);
    else pumpSync();
  };
  readable._read = read;

  // One that came with the options goes first: the iterator may be waiting for it.
  const ownDestroy = readable._destroy;
  const destroy = function(err, callback) {
    Reflect.apply(ownDestroy, this, [err, (destroyError) => {
      const reason = destroyError || err;
      close(reason).then(
        () => nextTick(callback, reason),
        (closeError) => nextTick(callback, closeError || reason));
    }]);
  };
  readable._destroy = destroy;

  async function close(err) {
    if (err !== undefined && err !== null && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(err);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  // False when nobody wants more for now.
  function give(chunk) {
    if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
    if (readable.push(chunk)) return true;
    running = false;
    return false;
  }

  // No promises, for as long as none come out of the iterator.
  function pumpSync() {
    try {
      for (;;) {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (isPromise(value)) {
          pumpAsync(value);
          return;
        }
        if (!give(value)) return;
      }
    } catch (err) {
      readable.destroy(err);
    }
  }

  async function pumpAsync(first) {
    try {
      if (first !== undefined && !give(await first)) return;
      for (;;) {
        const { value, done } = isAsync ? await iterator.next() : iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (!give(isPromise(value) ? await value : value)) return;
      }
    } catch (err) {
      readable.destroy(err);
    }
  }

  return readable;
}

module.exports = { from };
