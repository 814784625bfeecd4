'use strict';

// Histograms: how often values of what size have been seen.

const {
  codes: {
    ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kConstruct = Symbol('kConstruct');

function makeHandle(lowest, highest, figures) {
  return new ops.Histogram(lowest, highest, figures);
}

function validatePercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) {
    throw new ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
  }
}

let handleOf;
let isHistogram;

class Histogram {
  #handle;

  static {
    isHistogram = (value) => typeof value === 'object' && value !== null && #handle in value;
    handleOf = (histogram) => histogram.#handle;
  }

  static #check(value) {
    if (!isHistogram(value)) throw new ERR_INVALID_THIS('Histogram');
    return value.#handle;
  }

  constructor(key, handle) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#handle = handle;
  }

  get count() {
    return Number(Histogram.#check(this).total());
  }

  get countBigInt() {
    return Histogram.#check(this).total();
  }

  get min() {
    return Number(Histogram.#check(this).min());
  }

  get minBigInt() {
    return Histogram.#check(this).min();
  }

  get max() {
    return Number(Histogram.#check(this).max());
  }

  get maxBigInt() {
    return Histogram.#check(this).max();
  }

  get mean() {
    return Histogram.#check(this).mean();
  }

  get exceeds() {
    return Number(Histogram.#check(this).exceeds());
  }

  get exceedsBigInt() {
    return Histogram.#check(this).exceeds();
  }

  get stddev() {
    return Histogram.#check(this).stddev();
  }

  percentile(percentile) {
    const handle = Histogram.#check(this);
    validatePercentile(percentile);
    return Number(handle.percentile(percentile));
  }

  percentileBigInt(percentile) {
    const handle = Histogram.#check(this);
    validatePercentile(percentile);
    return handle.percentile(percentile);
  }

  get percentiles() {
    return this.#percentiles(Number);
  }

  get percentilesBigInt() {
    return this.#percentiles((value) => value);
  }

  #percentiles(convert) {
    const flat = Histogram.#check(this).percentiles();
    const map = new Map();
    for (let i = 0; i < flat.length; i += 2) map.set(flat[i], convert(flat[i + 1]));
    return map;
  }

  reset() {
    Histogram.#check(this).reset();
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, nested)}`;
  }

  // What structuredClone and postMessage make of one: another object over the same counts.
  [core.hostObjectBrand]() {
    return { type: 'Histogram', handle: Histogram.#check(this) };
  }
}
Object.defineProperty(Histogram.prototype, core.hostObjectBrand, { __proto__: null, enumerable: false });
core.registerCloneableResource('Histogram', ({ handle }) => new Histogram(kConstruct, handle));

let isRecordable;

class RecordableHistogram extends Histogram {
  #recordable = true;

  static {
    isRecordable = (value) => typeof value === 'object' && value !== null && #recordable in value;
  }

  static #check(value) {
    if (!isRecordable(value)) throw new ERR_INVALID_THIS('RecordableHistogram');
    return handleOf(value);
  }

  record(value) {
    const handle = RecordableHistogram.#check(this);
    if (typeof value === 'bigint') {
      handle.recordBig(value);
      return;
    }
    if (!Number.isInteger(value)) throw new ERR_INVALID_ARG_TYPE('val', ['integer', 'bigint'], value);
    if (value < 1 || value > Number.MAX_SAFE_INTEGER) {
      throw new ERR_OUT_OF_RANGE('val', 'a safe integer greater than 0', value);
    }
    handle.record(value);
  }

  recordDelta() {
    RecordableHistogram.#check(this).recordDelta();
  }

  add(other) {
    const handle = RecordableHistogram.#check(this);
    if (!isRecordable(other)) throw new ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    handle.add(handleOf(other));
  }

  [core.hostObjectBrand]() {
    return { type: 'RecordableHistogram', handle: RecordableHistogram.#check(this) };
  }
}
Object.defineProperty(RecordableHistogram.prototype, core.hostObjectBrand, { __proto__: null, enumerable: false });
core.registerCloneableResource('RecordableHistogram', ({ handle }) => new RecordableHistogram(kConstruct, handle));

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  } else if (highest < 2n * BigInt(lowest)) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('options.highest', highest);
  }
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kConstruct, makeHandle(BigInt(lowest), BigInt(highest), figures));
}

module.exports = { Histogram, RecordableHistogram, createHistogram, isHistogram, kConstruct, makeHandle };
