'use strict';
// util.deprecate: a function that warns the first time it is called. What a warning looks like is
// process.emitWarning's affair.

const { validateString } = require('internal/validators');

// A code is warned about once in a process, however many functions carry it.
const warnedCodes = new Set();

function makeWarner(message, code, deprecated) {
  let warned = false;
  return () => {
    if (warned) return;
    warned = true;
    if (code !== undefined) {
      if (warnedCodes.has(code)) return;
      warnedCodes.add(code);
    }
    process.emitWarning(message, 'DeprecationWarning', code, deprecated);
  };
}

// Warns now, once for each code: for deprecated uses that are not calls.
function warnOnce(message, code) {
  if (warnedCodes.has(code)) return;
  warnedCodes.add(code);
  process.emitWarning(message, 'DeprecationWarning', code);
}

function deprecate(fn, message, code, options = undefined) {
  if (code !== undefined) validateString(code, 'code');
  const modifyPrototype = options?.modifyPrototype ?? true;

  function deprecated(...args) {
    if (process.noDeprecation !== true) warn();
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  const warn = makeWarner(message, code, deprecated);

  if (modifyPrototype) {
    // A deprecated class still has its statics, and its instances are still instances of it.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
  return deprecated;
}

module.exports = { deprecate, warnOnce };
