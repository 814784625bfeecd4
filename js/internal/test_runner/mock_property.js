'use strict';

// A property that remembers how it was read and written, for mock.property().

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

class MockPropertyContext {
  #object;
  #name;
  #descriptor;
  #value;
  #accesses = [];
  // By the number of the access.
  #once = new Map();

  constructor(object, name, args) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor === undefined) throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    this.#object = object;
    this.#name = name;
    this.#descriptor = descriptor;
    this.#value = args.length > 0 ? args[0] : object[name];
    const { configurable, enumerable, writable } = descriptor;
    Object.defineProperty(object, name, {
      __proto__: null,
      configurable,
      enumerable,
      get: () => {
        const value = this.#take(this.#value);
        this.#note('get', value);
        return value;
      },
      set: (value) => {
        if (writable === false) throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'cannot be set');
        this.mockImplementation(value);
      },
    });
  }

  #take(value) {
    const access = this.#accesses.length;
    if (!this.#once.has(access)) return value;
    value = this.#once.get(access);
    this.#once.delete(access);
    return value;
  }

  #note(type, value) {
    this.#accesses.push({ type, value, stack: new Error() });
  }

  get accesses() {
    return this.#accesses.slice();
  }

  accessCount() {
    return this.#accesses.length;
  }

  resetAccesses() {
    this.#accesses = [];
  }

  mockImplementation(value) {
    this.#value = this.#take(value);
    this.#note('set', value);
  }

  mockImplementationOnce(value, onAccess = undefined) {
    const next = this.#accesses.length;
    const access = onAccess ?? next;
    validateInteger(access, 'onAccess', next);
    this.#once.set(access, value);
  }

  restore() {
    Object.defineProperty(this.#object, this.#name, this.#descriptor);
  }
}

function mockProperty(object, name, args) {
  if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
    throw new ERR_INVALID_ARG_TYPE('object', 'Object', object);
  }
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], name);
  }
  return { mock: new MockPropertyContext(object, name, args) };
}

module.exports = { mockProperty };
