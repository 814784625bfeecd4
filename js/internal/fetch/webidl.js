'use strict';
// How the classes of fetch take arguments and look from outside: the web's conversions with Node's words for what fails, and members as
// interfaces have them.

const { DOMException } = require('internal/domexception');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function illegalInvocation() {
  const error = new TypeError('Illegal invocation');
  error.code = 'ERR_INVALID_THIS';
  return error;
}

// `where` is the function, as 'Headers.append'; here and below.
function requireArguments(given, needed, where) {
  if (given >= needed) return;
  const plural = needed === 1 ? '' : 's';
  throw new TypeError(`${where}: ${needed} argument${plural} required, but${given > 0 ? ' only' : ''} ${given} found.`);
}

function toText(value, where, what, type) {
  if (typeof value === 'symbol') throw new TypeError(`${where}: ${what} is a symbol, which cannot be converted to a ${type}.`);
  return `${value}`;
}

const ABOVE_BYTE = /[^\0-\xff]/;

function toByteString(value, where, what) {
  const text = toText(value, where, what, 'ByteString');
  const at = text.search(ABOVE_BYTE);
  if (at !== -1) {
    throw new TypeError('Cannot convert argument to a ByteString because the character at '
      + `index ${at} has a value of ${text.charCodeAt(at)} which is greater than 255.`);
  }
  return text;
}

function toUSVString(value) {
  return `${value}`.toWellFormed();
}

function toEnum(value, allowed, where) {
  const text = `${value}`;
  if (!allowed.includes(text)) {
    throw new TypeError(`${where}: ${text} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
  }
  return text;
}

// A dictionary's members are read from what this gives.
function toDictionary(value, where) {
  if (value === undefined || value === null) return { __proto__: null };
  if (!isObject(value)) throw new TypeError(`${where}: Expected ${show(value)} to be one of: Null, Undefined, Object.`);
  return value;
}

// A value in a message.
function show(value) {
  if (typeof value === 'symbol') return `Symbol(${value.description})`;
  if (typeof value === 'string') return `"${value}"`;
  return isObject(value) ? require('internal/util/inspect').inspect(value, { depth: 0 }) : `${value}`;
}

// All members show in for-in; the tag does not.
function defineInterface(Class, statics = []) {
  const { prototype } = Class;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== 'constructor') Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
  }
  for (const name of statics) Object.defineProperty(Class, name, { __proto__: null, enumerable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
  // What structuredClone() and messages do about one.
  Object.defineProperty(prototype, core.hostObjectBrand, { __proto__: null, value: refuseToBeCopied });
}

function refuseToBeCopied() {
  throw new DOMException('Cannot clone object of unsupported type.', 'DataCloneError');
}

// What util.inspect() shows: always all of it, for Node counts depth anew from here.
function inspectAs(name, fields, options) {
  return `${name} ${require('internal/util/inspect').inspect(fields, options)}`;
}

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

// keys, values, entries and forEach of a class of pairs. `pairsOf` gives the receiver's pairs as they are at the time, or throws; it is asked
// again at each step, so that what is added on the way is seen.
function definePairs(Class, pairsOf) {
  const { name, prototype } = Class;

  class PairIterator {
    #object;
    #kind;
    #index = 0;

    constructor(object, kind) {
      this.#object = object;
      this.#kind = kind;
    }

    next() {
      if (!isObject(this) || !(#object in this)) {
        throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
      }
      const pairs = this.#object === undefined ? [] : pairsOf(this.#object);
      if (this.#index >= pairs.length) {
        this.#object = undefined;
        return { value: undefined, done: true };
      }
      const pair = pairs[this.#index++];
      if (this.#kind === 'entries') return { value: [pair[0], pair[1]], done: false };
      return { value: this.#kind === 'keys' ? pair[0] : pair[1], done: false };
    }
  }
  Object.setPrototypeOf(PairIterator.prototype, iteratorPrototype);
  delete PairIterator.prototype.constructor;
  Object.defineProperty(PairIterator.prototype, 'next', { __proto__: null, enumerable: true });
  Object.defineProperty(PairIterator.prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, value: `${name} Iterator`,
  });

  const methods = {
    keys() {
      pairsOf(this);
      return new PairIterator(this, 'keys');
    },
    values() {
      pairsOf(this);
      return new PairIterator(this, 'values');
    },
    entries() {
      pairsOf(this);
      return new PairIterator(this, 'entries');
    },
    forEach(callback, thisArg = undefined) {
      pairsOf(this);
      requireArguments(arguments.length, 1, `${name}.forEach`);
      if (typeof callback !== 'function') {
        throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
      }
      for (let i = 0; i < pairsOf(this).length; i++) {
        const pair = pairsOf(this)[i];
        Reflect.apply(callback, thisArg, [pair[1], pair[0], this]);
      }
    },
  };
  for (const key of Object.keys(methods)) {
    Object.defineProperty(prototype, key, {
      __proto__: null, configurable: true, enumerable: true, value: methods[key], writable: true,
    });
  }
  Object.defineProperty(prototype, Symbol.iterator, {
    __proto__: null, configurable: true, enumerable: false, value: methods.entries, writable: true,
  });
}

module.exports = {
  defineInterface, definePairs, illegalInvocation, inspectAs, isObject, kInspect, requireArguments, show, toByteString, toDictionary, toEnum,
  toText, toUSVString,
};
