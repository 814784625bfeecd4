'use strict';

// Timers and a Date that stand still until a test moves them on. They take the place of the public functions; what built-ins use
// themselves goes on as before.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE },
} = require('internal/errors');
const { validateAbortSignal, validateNumber, validateObject, validateStringArray } = require('internal/validators');
const { TIMEOUT_MAX } = require('internal/timers');
const timers = require('timers');
const timersPromises = require('timers/promises');

const kPromisify = Symbol.for('nodejs.util.promisify.custom');
const RealDate = Date;
const apiNames = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait'];

class MockTimer {
  #owner;

  constructor(owner, id, callback, args, delay, repeats) {
    this.#owner = owner;
    this.id = id;
    this.callback = callback;
    this.args = args;
    this.delay = delay;
    this.repeats = repeats;
    this.dueAt = 0;
  }

  hasRef() {
    return true;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  refresh() {
    this.#owner.remove(this);
    this.#owner.insert(this);
    return this;
  }

  close() {
    this.#owner.remove(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }

  [Symbol.dispose]() {
    this.close();
  }
}

// Timers in the order in which they are due; of those that are due together the older one is first.
class Queue {
  now = 0;
  #timers = [];
  #lastId = 0;

  add(callback, args, delay, repeats) {
    const timer = new MockTimer(this, ++this.#lastId, callback, args, delay, repeats);
    this.insert(timer);
    return timer;
  }

  insert(timer, from = this.now) {
    timer.dueAt = from + timer.delay;
    const at = this.#timers.findIndex(({ dueAt }) => dueAt > timer.dueAt);
    this.#timers.splice(at === -1 ? this.#timers.length : at, 0, timer);
  }

  remove(timer) {
    const at = this.#timers.findIndex((one) => one === timer || one.id === timer);
    if (at !== -1) this.#timers.splice(at, 1);
  }

  run() {
    while (this.#timers.length > 0 && this.#timers[0].dueAt <= this.now) {
      const timer = this.#timers.shift();
      // First back into the queue, so that its callback can take it out of there.
      if (timer.repeats) this.insert(timer, timer.dueAt);
      timer.callback?.(...timer.args);
    }
  }

  // When the last of them is due, or undefined.
  end() {
    return this.#timers.at(-1)?.dueAt;
  }
}

// As the real functions have it: what is no sensible delay is 1.
function delayOf(delay) {
  delay = Number(delay);
  return delay >= 1 && delay <= TIMEOUT_MAX ? Math.trunc(delay) : 1;
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function mockedPromise(queue, delay, value, options = { __proto__: null }) {
  const { promise, resolve, reject } = Promise.withResolvers();
  try {
    validateObject(options, 'options');
    if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  } catch (error) {
    reject(error);
    return promise;
  }
  const { signal } = options;
  if (signal?.aborted) {
    reject(abortError(signal));
    return promise;
  }
  const onAbort = () => {
    queue.remove(timer);
    reject(abortError(signal));
  };
  const timer = queue.add(() => {
    signal?.removeEventListener('abort', onAbort);
    resolve(value);
  }, [], delay, false);
  signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
  return promise;
}

async function* mockedTicks(queue, delay, value, options = { __proto__: null }) {
  validateObject(options, 'options');
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake;
  const timer = queue.add(() => {
    due++;
    wake?.();
  }, [], delay, true);
  const onAbort = () => {
    queue.remove(timer);
    wake?.();
  };
  signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
  try {
    while (due > 0 || !signal?.aborted) {
      if (due === 0) await new Promise((resolve) => { wake = resolve; });
      for (; due > 0; due--) yield value;
    }
    throw abortError(signal);
  } finally {
    queue.remove(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function makeDate(queue) {
  function MockDate(...args) {
    if (new.target === undefined) return new RealDate(queue.now).toString();
    const newTarget = new.target === MockDate ? RealDate : new.target;
    return Reflect.construct(RealDate, args.length === 0 ? [queue.now] : args, newTarget);
  }
  const descriptors = Object.getOwnPropertyDescriptors(RealDate);
  descriptors.now.value = () => queue.now;
  Object.defineProperties(MockDate, descriptors);
  Object.defineProperty(MockDate, 'isMock', { __proto__: null, configurable: true, value: true });
  MockDate.toString = () => RealDate.toString();
  return MockDate;
}

// What stands in for each API: [object, name, replacement].
const makers = {
  '__proto__': null,
  setTimeout(queue) {
    const setTimeout = (callback, delay, ...args) => queue.add(callback, args, delayOf(delay), false);
    const promised = (delay, value, options) => mockedPromise(queue, delayOf(delay), value, options);
    const clearTimeout = (timer) => queue.remove(timer);
    Object.defineProperty(setTimeout, kPromisify, { __proto__: null, value: promised });
    return everywhere({ setTimeout, clearTimeout }, promised);
  },
  setInterval(queue) {
    const setInterval = (callback, delay, ...args) => queue.add(callback, args, delayOf(delay), true);
    const clearInterval = (timer) => queue.remove(timer);
    return everywhere({ setInterval, clearInterval },
                      (delay, value, options) => mockedTicks(queue, delayOf(delay), value, options));
  },
  setImmediate(queue) {
    const setImmediate = (callback, ...args) => queue.add(callback, args, 0, false);
    const promised = (value, options) => mockedPromise(queue, 0, value, options);
    const clearImmediate = (timer) => queue.remove(timer);
    Object.defineProperty(setImmediate, kPromisify, { __proto__: null, value: promised });
    return everywhere({ setImmediate, clearImmediate }, promised);
  },
  'Date': (queue) => [[globalThis, 'Date', makeDate(queue)]],
  'scheduler.wait': (queue) => [[timersPromises.scheduler, 'wait',
    (delay, options) => mockedPromise(queue, delayOf(delay), undefined, options)]],
};

function everywhere(functions, promised) {
  const [[set, setter], [clear, clearer]] = Object.entries(functions);
  return [
    [globalThis, set, setter], [globalThis, clear, clearer], [timers, set, setter], [timers, clear, clearer],
    [timersPromises, set, promised],
  ];
}

class MockTimers {
  #queue;
  // What has been replaced: [object, name, descriptor].
  #replaced = [];

  enable(options = { __proto__: null }) {
    validateObject(options, 'options');
    if (this.#queue !== undefined || Date.isMock) throw new ERR_INVALID_STATE('MockTimers is already enabled!');
    const { apis = apiNames, now = 0 } = options;
    const start = now instanceof RealDate ? now.getTime() : now;
    validateNumber(start, 'initialTime');
    if (!(start >= 0)) throw new ERR_INVALID_ARG_VALUE('now', now, 'epoch must be a positive integer received');
    validateStringArray(apis, 'options.apis');
    for (const api of apis) {
      if (!apiNames.includes(api)) throw new ERR_INVALID_ARG_VALUE('options.apis', api, `option ${api} is not supported`);
    }
    this.#queue = new Queue();
    this.#queue.now = start;
    for (const api of apis) {
      for (const [object, name, value] of makers[api](this.#queue)) this.#replace(object, name, value);
    }
  }

  #replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    const { enumerable } = descriptor ?? { enumerable: true };
    this.#replaced.push([object, name, descriptor]);
    Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable, writable: true, value });
  }

  #enabled() {
    if (this.#queue === undefined) {
      throw new ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
    }
    return this.#queue;
  }

  tick(time = 1) {
    const queue = this.#enabled();
    validateNumber(time, 'time');
    if (time < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    queue.now += time;
    queue.run();
  }

  runAll() {
    const queue = this.#enabled();
    queue.now = Math.max(queue.now, queue.end() ?? queue.now);
    queue.run();
  }

  setTime(time = 0) {
    const queue = this.#enabled();
    validateNumber(time, 'time');
    if (time < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    queue.now = time;
  }

  reset() {
    if (this.#queue === undefined) return;
    for (const [object, name, descriptor] of this.#replaced.reverse()) {
      if (descriptor === undefined) delete object[name];
      else Object.defineProperty(object, name, descriptor);
    }
    this.#replaced = [];
    this.#queue = undefined;
  }

  [Symbol.dispose]() {
    this.reset();
  }
}

module.exports = { MockTimers };
