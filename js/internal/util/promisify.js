'use strict';
// util.promisify and util.callbackify: from callbacks to promises and back.

const { codes: { ERR_FALSY_VALUE_REJECTION }, hideFrames } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const kCustom = Symbol.for('nodejs.util.promisify.custom');

// A function whose callback takes several values names them here; its promise is for an object with those names.
const customPromisifyArgs = Symbol('customPromisifyArgs');

function markAsPromisified(fn, promisified) {
  return Object.defineProperty(promisified, kCustom, {
    __proto__: null, value: fn, enumerable: false, writable: false, configurable: true,
  });
}

function promisify(original) {
  validateFunction(original, 'original');
  const custom = original[kCustom];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return markAsPromisified(custom, custom);
  }

  const names = original[customPromisifyArgs];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      const returned = Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          const named = {};
          for (let i = 0; i < names.length; i++) named[names[i]] = values[i];
          resolve(named);
        } else {
          resolve(values[0]);
        }
      }]);
      if (core.isPromise(returned)) {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
          'DeprecationWarning', 'DEP0174');
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  markAsPromisified(fn, fn);
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return Object.defineProperties(fn, descriptors);
}
promisify.custom = kCustom;

// Runs from nextTick, so that what the callback throws is an uncaught exception and no rejection.
function passRejection(reason, callback) {
  if (!reason) reason = hideFrames(passRejection, ERR_FALSY_VALUE_REJECTION, [reason]);
  callback(reason);
}

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const last = args.pop();
    validateFunction(last, 'last argument');
    const callback = last.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(passRejection, reason, callback));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return Object.defineProperties(callbackified, descriptors);
}

module.exports = { callbackify, customPromisifyArgs, promisify };
