'use strict';

// The queuing strategies, and what streams make of one.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_OPTION },
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { defineInterface, inspectAs, kInspect } = require('internal/webstreams/interface');

// The standard has one function for all instances, of this name.
const byteLengthSize = Object.defineProperty((chunk) => chunk.byteLength, 'name', { __proto__: null, value: 'size' });
const countSize = Object.defineProperty(() => 1, 'name', { __proto__: null, value: 'size' });

function readHighWaterMark(init) {
  validateObject(init, 'init');
  if (init.highWaterMark === undefined) throw new ERR_MISSING_OPTION('init.highWaterMark');
  return +init.highWaterMark;
}

class ByteLengthQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = readHighWaterMark(init);
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    // The brand is looked for.
    this.#highWaterMark;
    return byteLengthSize;
  }

  [kInspect](depth, options) {
    return inspectAs(this, { highWaterMark: this.#highWaterMark }, depth, options);
  }
}
defineInterface(ByteLengthQueuingStrategy);

class CountQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = readHighWaterMark(init);
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    // The brand is looked for.
    this.#highWaterMark;
    return countSize;
  }

  [kInspect](depth, options) {
    return inspectAs(this, { highWaterMark: this.#highWaterMark }, depth, options);
  }
}
defineInterface(CountQueuingStrategy);

function highWaterMarkOf(value, fallback) {
  if (value === undefined) return fallback;
  const number = typeof value === 'bigint' ? NaN : +value;
  if (Number.isNaN(number) || number < 0) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return number;
}

// undefined where every chunk counts as one.
function sizeOf(size) {
  if (size === undefined || size === countSize) return undefined;
  if (typeof size !== 'function') throw new ERR_INVALID_ARG_TYPE('strategy.size', 'Function', size);
  return size;
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy, highWaterMarkOf, sizeOf };
