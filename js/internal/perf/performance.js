'use strict';

// The global `performance`.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { now, timeOrigin } = require('internal/perf/clock');
const { eventLoopUtilization } = require('internal/perf/event_loop');
const { defineMembers, kConstruct } = require('internal/perf/entry');
const { PerformanceNodeTiming } = require('internal/perf/node_timing');
const {
  clearEntries, keptEntries, resources, setResourceTimingBufferSize,
} = require('internal/perf/observe');
const { markResourceTiming } = require('internal/perf/resource_timing');
const { timerify } = require('internal/perf/timerify');
const { clearMarks, clearMeasures, mark, measure } = require('internal/perf/user_timing');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

class Performance extends EventTarget {
  #brand = true;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#brand in value)) throw new ERR_INVALID_THIS('Performance');
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  clearMarks(name = undefined) {
    Performance.#check(this);
    clearMarks(name);
  }

  clearMeasures(name = undefined) {
    Performance.#check(this);
    clearMeasures(name);
  }

  clearResourceTimings(name = undefined) {
    Performance.#check(this);
    clearEntries('resource', name === undefined ? undefined : `${name}`);
  }

  getEntries() {
    Performance.#check(this);
    return keptEntries();
  }

  getEntriesByName(name, type = undefined) {
    Performance.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return keptEntries(`${name}`, type === undefined ? undefined : `${type}`);
  }

  getEntriesByType(type) {
    Performance.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    return keptEntries(undefined, `${type}`);
  }

  mark(name, options = undefined) {
    Performance.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return mark(name, options);
  }

  measure(name, startOrMeasureOptions = undefined, endMark = undefined) {
    Performance.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return measure(name, startOrMeasureOptions, endMark);
  }

  now() {
    Performance.#check(this);
    return now();
  }

  setResourceTimingBufferSize(maxSize) {
    Performance.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('maxSize');
    setResourceTimingBufferSize(maxSize);
  }

  get timeOrigin() {
    Performance.#check(this);
    return timeOrigin();
  }

  toJSON() {
    Performance.#check(this);
    return { nodeTiming: this.nodeTiming, timeOrigin: timeOrigin(), eventLoopUtilization: this.eventLoopUtilization() };
  }

  [kInspect](depth, options) {
    Performance.#check(this);
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin: timeOrigin() }, nested)}`;
  }
}
defineMembers(Performance, [
  'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
]);

// Node's own additions do not show.
for (const [name, value] of Object.entries({ eventLoopUtilization, markResourceTiming, timerify })) {
  Object.defineProperty(Performance.prototype, name, {
    __proto__: null, configurable: true, enumerable: false, writable: true, value,
  });
}
Object.defineProperty(Performance.prototype, 'nodeTiming', {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: new PerformanceNodeTiming(),
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const performance = new Performance(kConstruct);
resources.onFull = () => performance.dispatchEvent(new Event('resourcetimingbufferfull'));

module.exports = { Performance, performance };
