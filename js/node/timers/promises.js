'use strict';

// The public 'timers/promises' module: timers as promises and async iterators.

const {
  AbortError,
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS },
} = require('internal/errors');
const {
  validateAbortSignal,
  validateBoolean,
  validateNumber,
  validateObject,
} = require('internal/validators');
const { kResistStopPropagation } = require('internal/events/symbols');
const { Immediate, Timeout, clearImmediate, clearTimeout } = require('internal/timers');

const noOptions = Object.freeze({ __proto__: null });
const abortFlags = { __proto__: null, [kResistStopPropagation]: true };

function validateOptions(options) {
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
}

function abortErrorOf(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

// A promise of what `start(resolve)` begins and `stop(handle)` takes back when the signal aborts.
function cancellable(signal, start, stop) {
  if (signal === undefined) return new Promise((resolve) => start(resolve));
  if (signal.aborted) return Promise.reject(abortErrorOf(signal));

  return new Promise((resolve, reject) => {
    const handle = start((value) => {
      signal.removeEventListener('abort', onAbort);
      resolve(value);
    });
    function onAbort() {
      signal.removeEventListener('abort', onAbort);
      stop(handle);
      reject(abortErrorOf(signal));
    }
    signal.addEventListener('abort', onAbort, abortFlags);
  });
}

function setTimeout(after, value, options = noOptions) {
  try {
    if (after !== undefined) validateNumber(after, 'delay');
    validateOptions(options);
  } catch (err) {
    return Promise.reject(err);
  }
  const { signal, ref = true } = options;
  return cancellable(
    signal,
    (resolve) => new Timeout(resolve, after, [value], false, ref),
    clearTimeout);
}

function setImmediate(value, options = noOptions) {
  try {
    validateOptions(options);
  } catch (err) {
    return Promise.reject(err);
  }
  const { signal, ref = true } = options;
  return cancellable(
    signal,
    (resolve) => {
      const immediate = new Immediate(resolve, [value]);
      if (!ref) immediate.unref();
      return immediate;
    },
    clearImmediate);
}

async function* setInterval(after, value, options = noOptions) {
  if (after !== undefined) validateNumber(after, 'delay');
  validateOptions(options);
  const { signal, ref = true } = options;
  if (signal?.aborted) throw abortErrorOf(signal);

  let due = 0;
  let wake;
  const interval = new Timeout(() => {
    due++;
    wake?.();
    wake = undefined;
  }, after, undefined, true, ref);

  let abort;
  const aborted = signal === undefined ? undefined : () => {
    clearTimeout(interval);
    abort?.(abortErrorOf(signal));
    abort = undefined;
  };
  signal?.addEventListener('abort', aborted, { __proto__: null, once: true, [kResistStopPropagation]: true });

  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise((resolve, reject) => {
          wake = resolve;
          abort = reject;
        });
      }
      for (; due > 0; due--) yield value;
    }
    throw abortErrorOf(signal);
  } finally {
    clearTimeout(interval);
    signal?.removeEventListener('abort', aborted);
  }
}

const kScheduler = Symbol('kScheduler');

class Scheduler {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    if (!this[kScheduler]) throw new ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  wait(delay, options) {
    if (!this[kScheduler]) throw new ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

const scheduler = Object.create(Scheduler.prototype, {
  [kScheduler]: { __proto__: null, value: true },
});

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
