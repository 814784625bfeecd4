'use strict';

// The array-like methods of a Readable. Those that give a stream again are generators here;
// node/stream.js turns their results into Readables.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger, validateObject } =
  require('internal/validators');
const { addAbortSignalUnchecked } = require('internal/streams/add_abort_signal');
const { compose: composeStreams } = require('internal/streams/compose');
const { finished } = require('internal/streams/end_of_stream');
const { ConcurrentMap, kNothing } = require('internal/streams/concurrent_map');
const { isNodeStream, isWritable } = require('internal/streams/utils');

function validateOptions(options) {
  if (options === undefined || options === null) return undefined;
  validateObject(options, 'options');
  if (options.signal !== undefined && options.signal !== null) {
    validateAbortSignal(options.signal, 'options.signal');
    return options.signal;
  }
  return undefined;
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function compose(stream, options) {
  validateOptions(options);
  if (isNodeStream(stream) && !isWritable(stream)) {
    throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = composeStreams(this, stream);
  if (options?.signal) addAbortSignalUnchecked(options.signal, composed);
  return composed;
}

// ---------------------------------------------------------------------------
// One item for one item

function map(fn, options) {
  validateFunction(fn, 'fn');
  const signal = validateOptions(options);
  let concurrency = 1;
  if (options?.concurrency !== undefined && options.concurrency !== null) {
    concurrency = Math.floor(options.concurrency);
  }
  let ahead = concurrency - 1;
  if (options?.highWaterMark !== undefined && options.highWaterMark !== null) {
    ahead = Math.floor(options.highWaterMark);
  }
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(ahead, 'options.highWaterMark', 0);
  return new ConcurrentMap(this, fn, signal, concurrency, ahead + concurrency).results();
}

function filter(fn, options) {
  validateFunction(fn, 'fn');
  return map.call(this, async (value, given) => {
    return await fn(value, given) ? value : kNothing;
  }, options);
}

function flatMap(fn, options) {
  const results = map.call(this, fn, options);
  return (async function* () {
    for await (const result of results) yield* result;
  })();
}

// ---------------------------------------------------------------------------
// Part of the items

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options) {
  const signal = validateOptions(options);
  let left = toCount(number);
  const source = this;
  return (async function* () {
    if (signal?.aborted) throw new AbortError();
    for await (const value of source) {
      if (signal?.aborted) throw new AbortError();
      if (left > 0) left--;
      else yield value;
    }
  })();
}

function take(number, options) {
  const signal = validateOptions(options);
  let left = toCount(number);
  const source = this;
  return (async function* () {
    if (signal?.aborted) throw new AbortError();
    for await (const value of source) {
      if (signal?.aborted) throw new AbortError();
      if (left-- > 0) yield value;
      // Not after one item more, which may be long in coming.
      if (left <= 0) return;
    }
  })();
}

// ---------------------------------------------------------------------------
// One answer

async function forEach(fn, options) {
  validateFunction(fn, 'fn');
  const results = map.call(this, async (value, given) => {
    await fn(value, given);
    return kNothing;
  }, options);
  // eslint-disable-next-line no-unused-vars, no-empty
  for await (const _ of results) {}
}

async function some(fn, options) {
  // eslint-disable-next-line no-unused-vars
  for await (const _ of filter.call(this, fn, options)) return true;
  return false;
}

async function every(fn, options) {
  validateFunction(fn, 'fn');
  return !(await some.call(this, async (value, given) => !(await fn(value, given)), options));
}

async function find(fn, options) {
  for await (const value of filter.call(this, fn, options)) return value;
  return undefined;
}

async function reduce(reducer, initialValue, options) {
  validateFunction(reducer, 'reducer');
  const signal = validateOptions(options);
  let empty = arguments.length < 2;
  let result = initialValue;

  if (signal?.aborted) {
    const err = abortError(signal);
    this.once('error', () => {});
    await new Promise((resolve) => finished(this.destroy(err), resolve));
    throw err;
  }
  const controller = new AbortController();
  const onAbort = () => controller.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const value of this) {
      if (signal?.aborted) throw new AbortError();
      if (empty) {
        result = value;
        empty = false;
      } else {
        result = await reducer(result, value, { signal: controller.signal });
      }
    }
  } finally {
    controller.abort();
    signal?.removeEventListener('abort', onAbort);
  }
  if (empty) {
    const err = new ERR_MISSING_ARGS('reduce');
    err.message = 'Reduce of an empty stream requires an initial value';
    throw err;
  }
  return result;
}

async function toArray(options) {
  const signal = validateOptions(options);
  const all = [];
  for await (const value of this) {
    if (signal?.aborted) throw abortError(signal);
    all.push(value);
  }
  return all;
}

module.exports = {
  streamReturning: { drop, filter, flatMap, map, take, compose },
  promiseReturning: { every, forEach, reduce, toArray, some, find },
};
