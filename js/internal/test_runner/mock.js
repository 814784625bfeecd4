'use strict';

// Functions that remember how they were called, and methods replaced by such for a while.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const { MockTimers } = require('internal/test_runner/mock_timers');
const { mockProperty } = require('internal/test_runner/mock_property');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

class MockFunctionContext {
  #calls = [];
  #implementation;
  #original;
  #times;
  // By the number of the call.
  #once = new Map();
  #restore;

  constructor(original, implementation, times, restore) {
    this.#original = original;
    this.#implementation = implementation;
    this.#times = times;
    this.#restore = restore;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall = undefined) {
    validateFunction(implementation, 'implementation');
    const call = onCall ?? this.#calls.length;
    validateInteger(call, 'onCall', this.#calls.length);
    this.#once.set(call, implementation);
  }

  resetCalls() {
    this.#calls = [];
  }

  restore() {
    this.#implementation = this.#original;
    this.#restore?.();
  }

  // What does the work of the next call.
  nextImplementation() {
    const call = this.#calls.length;
    const once = this.#once.get(call);
    if (once !== undefined) {
      this.#once.delete(call);
      return once;
    }
    const implementation = this.#implementation;
    if (call + 1 === this.#times) this.restore();
    return implementation;
  }

  trackCall(call) {
    this.#calls.push(call);
  }
}

function makeMock(original, implementation, { times = Infinity } = {}, restore = undefined) {
  if (times !== Infinity) validateInteger(times, 'options.times', 1);
  const context = new MockFunctionContext(original, implementation, times, restore);
  function call(receiver, args, target) {
    let result;
    let error;
    const work = context.nextImplementation();
    try {
      result = target === undefined ? Reflect.apply(work, receiver, args) : Reflect.construct(work, args, target);
      return result;
    } catch (err) {
      error = err;
      throw err;
    } finally {
      context.trackCall({
        arguments: args, error, result, stack: new Error(), target, this: target === undefined ? receiver : result,
      });
    }
  }
  const mock = new Proxy(original, {
    __proto__: null,
    apply: (_, receiver, args) => call(receiver, args, undefined),
    construct: (_, args, target) => call(undefined, args, target === mock ? original : target),
    get: (function_, name, receiver) => (name === 'mock' ? context : Reflect.get(function_, name, receiver)),
  });
  return mock;
}

// getter() and setter() say by their names what their option would.
function checkAccessor(kind, options) {
  if (options[kind] === false) throw new ERR_INVALID_ARG_VALUE(`options.${kind}`, false, 'cannot be false');
}

class MockTracker {
  #contexts = [];
  #timers;

  fn(original = () => {}, implementation = original, options = {}) {
    if (typeof original === 'object' && original !== null) [original, implementation, options] = [() => {}, undefined, original];
    if (typeof implementation === 'object' && implementation !== null) [implementation, options] = [original, implementation];
    validateFunction(original, 'original');
    validateFunction(implementation ?? original, 'implementation');
    validateObject(options, 'options');
    const mock = makeMock(original, implementation ?? original, options);
    this.#contexts.push(mock.mock);
    return mock;
  }

  method(object, name, implementation = undefined, options = {}) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('object', 'Object', object);
    }
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
    }
    if (typeof implementation === 'object' && implementation !== null) [implementation, options] = [undefined, implementation];
    validateObject(options, 'options');
    const { getter = false, setter = false } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    if (getter && setter) {
      throw new ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    }
    const slot = getter ? 'get' : setter ? 'set' : 'value';

    let owner = object;
    while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
    const descriptor = owner === null ? undefined : Object.getOwnPropertyDescriptor(owner, name);
    const original = descriptor?.[slot];
    if (typeof original !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    const restore = () => {
      // An inherited method stays on the object, as its own.
      Object.defineProperty(object, name, descriptor);
    };
    const mock = makeMock(original, implementation ?? original, options, restore);
    Object.defineProperty(object, name, { ...descriptor, [slot]: mock, configurable: true });
    this.#contexts.push(mock.mock);
    return mock;
  }

  getter(object, name, implementation = undefined, options = {}) {
    if (typeof implementation === 'object' && implementation !== null) [implementation, options] = [undefined, implementation];
    checkAccessor('getter', options);
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation = undefined, options = {}) {
    if (typeof implementation === 'object' && implementation !== null) [implementation, options] = [undefined, implementation];
    checkAccessor('setter', options);
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  property(object, name, ...value) {
    const property = mockProperty(object, name, value);
    this.#contexts.push(property.mock);
    return property;
  }

  get timers() {
    return this.#timers ??= new MockTimers();
  }

  module() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('mock.module()');
  }

  restoreAll() {
    for (const context of this.#contexts) context.restore();
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#contexts = [];
  }
}

module.exports = { MockTracker };
