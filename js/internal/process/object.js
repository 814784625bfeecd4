'use strict';

// The bare process object: an EventEmitter with its own prototype. The parts in
// this folder hang their functions on it; node/process.js puts them together.

const { EventEmitter } = require('internal/events/emitter');
require('events');

function makeProcess() {
  // Named so that process.constructor.name is 'process', as programs print it.
  function process() {}
  process.prototype = Object.create(EventEmitter.prototype, {
    constructor: {
      __proto__: null,
      configurable: true,
      enumerable: false,
      writable: true,
      value: process,
    },
  });
  return Object.create(process.prototype);
}

const process = makeProcess();
EventEmitter.call(process);

Object.defineProperty(process, Symbol.toStringTag, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  value: 'process',
  writable: false,
});

// Defines a read-only fact that a test may redefine and nobody may assign.
function defineFact(name, value) {
  Object.defineProperty(process, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    writable: false,
    value,
  });
}

// A property that is worked out on first use, and can be assigned.
function defineLazy(name, make) {
  Object.defineProperty(process, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      this[name] = value;
      return value;
    },
    set(value) {
      Object.defineProperty(process, name, {
        __proto__: null,
        configurable: true,
        enumerable: true,
        writable: true,
        value,
      });
    },
  });
}

module.exports = { defineFact, defineLazy, process };
