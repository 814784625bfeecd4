'use strict';

// How busy the event loop is: its utilization, and how late it is.

const { validateInteger, validateObject } = require('internal/validators');
const { now } = require('internal/perf/clock');
const { Histogram, kConstruct, makeHandle } = require('internal/perf/histogram');
const { idleTime, milestone } = require('internal/perf/node_timing');

function eventLoopUtilization(one, other) {
  const loopStart = milestone('loopStart');
  if (loopStart <= 0) return { idle: 0, active: 0, utilization: 0 };
  if (other !== undefined) {
    const idle = one.idle - other.idle;
    const active = one.active - other.active;
    return { idle, active, utilization: active / (idle + active) };
  }
  const allIdle = idleTime();
  const allActive = now() - loopStart - allIdle;
  if (one === undefined) {
    return { idle: allIdle, active: allActive, utilization: allActive / (allIdle + allActive) };
  }
  const idle = allIdle - one.idle;
  const active = allActive - one.active;
  return { idle, active, utilization: active / (idle + active) };
}

// A histogram of the nanoseconds between the turns of a timer.
class EventLoopDelayHistogram extends Histogram {
  #handle;
  #resolution;
  #timer;

  constructor(key, resolution) {
    const handle = makeHandle(1n, 3600n * 1_000_000_000n, 3);
    super(key, handle);
    this.#handle = handle;
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    const handle = this.#handle;
    handle.restart();
    handle.recordDelta();
    this.#timer = setInterval(() => handle.recordDelta(), this.#resolution).unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new EventLoopDelayHistogram(kConstruct, resolution);
}

module.exports = { eventLoopUtilization, monitorEventLoopDelay };
