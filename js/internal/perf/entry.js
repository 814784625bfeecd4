'use strict';

// PerformanceEntry, and the entries that Node's own parts make.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kConstruct = Symbol('kConstruct');

let isPerformanceEntry;

class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;

  static {
    isPerformanceEntry = (value) => typeof value === 'object' && value !== null && #name in value;
  }

  static #check(value) {
    if (!isPerformanceEntry(value)) throw new ERR_INVALID_THIS('PerformanceEntry');
    return value;
  }

  constructor(key, name, entryType, startTime, duration) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
  }

  get name() {
    return PerformanceEntry.#check(this).#name;
  }

  get entryType() {
    return PerformanceEntry.#check(this).#entryType;
  }

  get startTime() {
    return PerformanceEntry.#check(this).#startTime;
  }

  get duration() {
    return PerformanceEntry.#check(this).#duration;
  }

  toJSON() {
    PerformanceEntry.#check(this);
    return { name: this.#name, entryType: this.#entryType, startTime: this.#startTime, duration: this.#duration };
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `${this.constructor.name} ${inspect(this.toJSON(), nested)}`;
  }
}

function defineMembers(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, value: Class.name,
  });
}
defineMembers(PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);

// An entry with a detail of its own kind: of a timed function, a collection of garbage, a request.
class PerformanceNodeEntry extends PerformanceEntry {
  #detail;

  constructor(key, name, entryType, startTime, duration, detail) {
    super(key, name, entryType, startTime, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
Object.defineProperty(PerformanceNodeEntry.prototype, 'detail', { __proto__: null, enumerable: true });

function makeNodeEntry(name, entryType, startTime, duration, detail) {
  return new PerformanceNodeEntry(kConstruct, name, entryType, startTime, duration, detail);
}

module.exports = { PerformanceEntry, defineMembers, isPerformanceEntry, kConstruct, makeNodeEntry };
