'use strict';

// ReadableStream.from(): a stream of what an iterable gives.

const {
  codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_STATE },
} = require('internal/errors');
const { rejected, resolved, upon } = require('internal/webstreams/promises');
const { makeReadable } = require('internal/webstreams/readable');

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// { iterator, next, isAsync }
function iteratorOf(iterable) {
  if (iterable === undefined || iterable === null) throw new ERR_ARG_NOT_ITERABLE(iterable);
  let method = iterable[Symbol.asyncIterator];
  const isAsync = method !== undefined && method !== null;
  if (!isAsync) method = iterable[Symbol.iterator];
  if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE(iterable);
  const iterator = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) {
    throw new ERR_INVALID_STATE.TypeError('The iterator method must return an object');
  }
  return { iterator, next: iterator.next, isAsync };
}

function streamOf(iterable) {
  const { iterator, next, isAsync } = iteratorOf(iterable);

  // What a synchronous iterator gives may be promises, which are waited for.
  function valueOf(result) {
    return isAsync ? result.value : resolved(result.value);
  }

  function pull() {
    let step;
    try {
      step = Reflect.apply(next, iterator, []);
      if (!isAsync) {
        if (!isObject(step)) throw new ERR_INVALID_STATE.TypeError('The promise or iterator result must be an object');
        if (step.done) {
          controller.close();
          return resolved();
        }
        return upon(valueOf(step), (value) => controller.enqueue(value));
      }
    } catch (error) {
      return rejected(error);
    }
    return upon(resolved(step), (result) => {
      if (!isObject(result)) {
        throw new ERR_INVALID_STATE.TypeError('The promise returned by the iterator.next() method must fulfill with an object');
      }
      if (result.done) controller.close();
      else controller.enqueue(result.value);
    });
  }

  function cancel(reason) {
    let result;
    try {
      const method = iterator.return;
      if (method === undefined || method === null) return resolved();
      result = Reflect.apply(method, iterator, [reason]);
    } catch (error) {
      return rejected(error);
    }
    return upon(resolved(result), (given) => {
      if (!isObject(given)) {
        throw new ERR_INVALID_STATE.TypeError('The promise returned by the iterator.return() method must fulfill with an object');
      }
    });
  }

  const { readableStateOf } = require('internal/webstreams/readable');
  const stream = makeReadable({ pull, cancel }, 0);
  const { controller } = readableStateOf(stream);
  return stream;
}

module.exports = { streamOf };
