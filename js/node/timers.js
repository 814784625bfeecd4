'use strict';

// The public 'timers' module over the classes of internal/timers.

const { validateFunction } = require('internal/validators');
const { Immediate, Timeout, clearImmediate, clearTimeout } = require('internal/timers');

const kPromisify = Symbol.for('nodejs.util.promisify.custom');

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length === 0 ? undefined : args, false, true);
}

function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, repeat, args.length === 0 ? undefined : args, true, true);
}

function clearInterval(timer) {
  // Timeouts and intervals can be cleared by either function.
  clearTimeout(timer);
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

function definePromisified(fn) {
  Object.defineProperty(fn, kPromisify, {
    __proto__: null,
    enumerable: true,
    get() {
      return require('timers/promises')[fn.name];
    },
  });
}

definePromisified(setTimeout);
definePromisified(setImmediate);

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('timers/promises');
  },
});
