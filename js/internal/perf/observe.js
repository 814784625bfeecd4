'use strict';

// The entries that have been made, and those who want to be told of new ones.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction, validateObject, validateString, validateStringArray } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { DOMException } = require('internal/domexception');
const { defineMembers, isPerformanceEntry, kConstruct } = require('internal/perf/entry');
const { counts, hasObserver } = require('internal/perf/observed');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

const supportedEntryTypes = Object.freeze([
  'dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource',
]);

// ---------------------------------------------------------------------------
// What is kept

// By type: entries stay until they are cleared.
const kept = { __proto__: null, mark: [], measure: [], resource: [] };
const MANY = 1e6;
const warned = new Set();

const resources = {
  limit: 250,
  // Told when one more does not fit; internal/perf/performance sets it.
  onFull: undefined,
  // Those that came while it was being told.
  waiting: [],
  isFullPending: false,
};

function bufferEntry(entry) {
  const list = kept[entry.entryType];
  list.push(entry);
  if (list.length > MANY && !warned.has(entry.entryType)) {
    warned.add(entry.entryType);
    const warning = new Error(
      `Possible perf_hooks memory leak detected. ${list.length} ${entry.entryType} entries added to the global ` +
      `performance entry buffer. Use performance.clear${entry.entryType === 'mark' ? 'Marks' : 'Measures'} to ` +
      'clear the buffer.');
    warning.name = 'MaxPerformanceEntryBufferExceededWarning';
    warning.entryType = entry.entryType;
    warning.count = list.length;
    process.emitWarning(warning);
  }
}

function bufferResource(entry) {
  if (kept.resource.length < resources.limit && !resources.isFullPending) {
    kept.resource.push(entry);
    return;
  }
  // Nobody can have asked to be told.
  if (resources.onFull === undefined) return;
  resources.waiting.push(entry);
  if (resources.isFullPending) return;
  resources.isFullPending = true;
  setImmediate(flushWaiting);
}

// A listener may make room; without room what waits is lost.
function flushWaiting() {
  while (resources.waiting.length > 0) {
    const before = resources.waiting.length;
    if (kept.resource.length >= resources.limit) resources.onFull();
    while (resources.waiting.length > 0 && kept.resource.length < resources.limit) {
      kept.resource.push(resources.waiting.shift());
    }
    if (resources.waiting.length >= before) break;
  }
  resources.waiting = [];
  resources.isFullPending = false;
}

function setResourceTimingBufferSize(size) {
  resources.limit = Number.isInteger(size) && size > 0 ? size : 0;
}

function clearEntries(type, name) {
  kept[type] = name === undefined ? [] : kept[type].filter((entry) => entry.name !== name);
}

function byStart(entries) {
  return entries.sort((a, b) => a.startTime - b.startTime);
}

function keptEntries(name, type) {
  if (type !== undefined && kept[type] === undefined) return [];
  const entries = type === undefined ? [...kept.mark, ...kept.measure, ...kept.resource] : [...kept[type]];
  return byStart(name === undefined ? entries : entries.filter((entry) => entry.name === name));
}

// ---------------------------------------------------------------------------
// Who is told

const observers = new Set();
const pending = new Set();
let isPending = false;
function count(type, by) {
  const before = counts[type] ?? 0;
  counts[type] = before + by;
  if (type === 'gc' && (before === 0) !== (counts[type] === 0)) {
    require('internal/perf/gc').watch(counts[type] > 0);
  }
}

function queuePending() {
  if (isPending) return;
  isPending = true;
  setImmediate(() => {
    isPending = false;
    const told = [...pending];
    pending.clear();
    for (const observer of told) dispatch(observer);
  });
}

// Whether anybody may come to see another entry of a fetch.
function wantsResources() {
  return observers.size > 0 || kept.resource.length < resources.limit || resources.onFull !== undefined;
}

// Keeps the entry if its type is kept, and tells those who observe it.
function enqueueEntry(entry) {
  const { entryType } = entry;
  for (const observer of observers) offer(observer, entry);
  if (entryType === 'resource') bufferResource(entry);
  else if (kept[entryType] !== undefined) bufferEntry(entry);
}

let offer;
let dispatch;

class PerformanceObserverEntryList {
  #entries;

  constructor(key, entries) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = byStart(entries);
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#entries in value)) {
      throw new ERR_INVALID_THIS('PerformanceObserverEntryList');
    }
    return value.#entries;
  }

  getEntries() {
    return PerformanceObserverEntryList.#check(this).slice();
  }

  getEntriesByType(type) {
    const entries = PerformanceObserverEntryList.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    type = `${type}`;
    return entries.filter((entry) => entry.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    const entries = PerformanceObserverEntryList.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (type !== undefined && type !== null) type = `${type}`;
    return entries.filter((entry) => entry.name === name && (type == null || entry.entryType === type));
  }

  [kInspect](depth, options) {
    const entries = PerformanceObserverEntryList.#check(this);
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `PerformanceObserverEntryList ${inspect(entries, nested)}`;
  }
}
defineMembers(PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']);

class PerformanceObserver {
  #callback;
  #buffer = [];
  #entryTypes = new Set();
  // 'multiple' after observe({ entryTypes }), 'single' after observe({ type }).
  #mode;

  static {
    offer = (observer, entry) => {
      if (!observer.#entryTypes.has(entry.entryType)) return;
      observer.#buffer.push(entry);
      pending.add(observer);
      queuePending();
    };
    dispatch = (observer) => {
      const entries = observer.takeRecords();
      if (entries.length === 0) return;
      Reflect.apply(observer.#callback, observer, [new PerformanceObserverEntryList(kConstruct, entries), observer]);
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#callback in value)) {
      throw new ERR_INVALID_THIS('PerformanceObserver');
    }
  }

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  static get supportedEntryTypes() {
    return supportedEntryTypes;
  }

  observe(options = {}) {
    PerformanceObserver.#check(this);
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw new ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null) {
      throw new ERR_INVALID_ARG_VALUE(
        'options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    const mode = entryTypes === undefined ? 'single' : 'multiple';
    this.#mode ??= mode;
    if (this.#mode !== mode) {
      throw new DOMException(
        `PerformanceObserver can not change to ${mode} ${mode === 'single' ? 'observation' : 'observations'}`,
        'InvalidModificationError');
    }

    if (mode === 'multiple') {
      validateStringArray(entryTypes, 'options.entryTypes');
      this.#forget();
      for (const entryType of entryTypes) this.#want(entryType);
    } else {
      validateString(type, 'options.type');
      this.#want(type);
      if (buffered && kept[type] !== undefined) {
        for (const entry of keptEntries(undefined, type)) offer(this, entry);
      }
    }
    if (this.#entryTypes.size > 0) observers.add(this);
    else this.disconnect();
  }

  #want(entryType) {
    if (!supportedEntryTypes.includes(entryType) || this.#entryTypes.has(entryType)) return;
    this.#entryTypes.add(entryType);
    count(entryType, 1);
  }

  #forget() {
    for (const entryType of this.#entryTypes) count(entryType, -1);
    this.#entryTypes.clear();
  }

  disconnect() {
    PerformanceObserver.#check(this);
    this.#forget();
    this.#buffer = [];
    this.#mode = undefined;
    observers.delete(this);
    pending.delete(this);
  }

  takeRecords() {
    PerformanceObserver.#check(this);
    const entries = this.#buffer;
    this.#buffer = [];
    return entries;
  }

  [kInspect](depth, options) {
    PerformanceObserver.#check(this);
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `PerformanceObserver ${inspect({
      connected: observers.has(this),
      pending: pending.has(this),
      entryTypes: [...this.#entryTypes],
      buffer: this.#buffer,
    }, nested)}`;
  }
}
defineMembers(PerformanceObserver, ['observe', 'disconnect', 'takeRecords']);

module.exports = {
  PerformanceObserver,
  PerformanceObserverEntryList,
  clearEntries,
  enqueueEntry,
  hasObserver,
  isPerformanceEntry,
  keptEntries,
  resources,
  setResourceTimingBufferSize,
  wantsResources,
};
