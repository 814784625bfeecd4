'use strict';

// Marks and measures.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_PERFORMANCE_INVALID_TIMESTAMP,
           ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS },
} = require('internal/errors');
const { validateNumber, validateObject, validateString } = require('internal/validators');
const { DOMException } = require('internal/domexception');
const { structuredClone } = require('internal/structured_clone');
const { now } = require('internal/perf/clock');
const { PerformanceEntry, defineMembers, kConstruct } = require('internal/perf/entry');
const { milestone, milestoneNames } = require('internal/perf/node_timing');
const { clearEntries, enqueueEntry } = require('internal/perf/observe');

// When the marks that are kept were made, the last of each name.
const markTimes = new Map();

class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (milestoneNames.has(name)) throw new ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(kConstruct, name, 'mark', startTime, 0);
    const detail = options?.detail;
    this.#detail = detail == null ? null : structuredClone(detail);
  }

  get detail() {
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
defineMembers(PerformanceMark, ['detail']);

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(key, name, startTime, duration, detail) {
    super(key, name, 'measure', startTime, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
defineMembers(PerformanceMeasure, ['detail']);

// The time that a mark's name, or a number, stands for.
function timeOf(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  const name = `${mark}`;
  if (milestoneNames.has(name)) return milestone(name);
  const time = markTimes.get(name);
  if (time === undefined) {
    throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  }
  return time;
}

function mark(name, options) {
  const made = new PerformanceMark(name, options);
  markTimes.set(made.name, made.startTime);
  enqueueEntry(made);
  return made;
}

function clearMarks(name) {
  if (name === undefined) {
    markTimes.clear();
  } else {
    name = `${name}`;
    if (milestoneNames.has(name)) throw new ERR_INVALID_ARG_VALUE('name', name);
    markTimes.delete(name);
  }
  clearEntries('mark', name);
}

function clearMeasures(name) {
  clearEntries('measure', name === undefined ? undefined : `${name}`);
}

// { start, end, duration, detail } of a call of measure(), where each of the times may be undefined.
function readMeasure(startOrOptions, endMark) {
  if (startOrOptions === null || typeof startOrOptions !== 'object') {
    return { start: startOrOptions ?? undefined, end: endMark, duration: undefined, detail: undefined };
  }
  const { start, end, duration, detail } = startOrOptions;
  if (Object.keys(startOrOptions).length > 0 || start !== undefined || end !== undefined || duration !== undefined ||
      detail !== undefined) {
    if (endMark !== undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
    }
    if (start === undefined && end === undefined && duration !== undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
    }
    if (start !== undefined && end !== undefined && duration !== undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
        'Must not have options.start, options.end, and options.duration specified');
    }
  }
  return { start, end: end ?? endMark, duration, detail };
}

function measure(name, startOrOptions, endMark) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
  validateString(name, 'name');
  const { start, end, duration, detail } = readMeasure(startOrOptions, endMark);

  let endTime;
  if (end !== undefined) endTime = timeOf(end);
  else if (start !== undefined && duration !== undefined) endTime = timeOf(start) + timeOf(duration);
  else endTime = now();

  let startTime = 0;
  if (start !== undefined) startTime = timeOf(start);
  else if (duration !== undefined && end !== undefined) startTime = endTime - timeOf(duration);

  const copy = detail == null ? null : structuredClone(detail);
  const made = new PerformanceMeasure(kConstruct, name, startTime, endTime - startTime, copy);
  enqueueEntry(made);
  return made;
}

module.exports = { PerformanceMark, PerformanceMeasure, clearMarks, clearMeasures, mark, measure };
