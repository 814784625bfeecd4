'use strict';

// performance.nodeTiming: the milestones of this process.

const { now } = require('internal/perf/clock');
const { PerformanceEntry, kConstruct } = require('internal/perf/entry');

// Names by their place in what the op fills in.
const places = { __proto__: null, nodeStart: 0, v8Start: 1, environment: 2, bootstrapComplete: 3, loopStart: 4, loopExit: 5 };
const milestoneNames = new Set(Object.keys(places));

// Milliseconds since the process started; -1 for what has not happened.
function milestone(name) {
  const times = new Float64Array(6);
  ops.op_os_perf_milestones(times);
  return times[places[name]];
}

function idleTime() {
  return ops.op_os_perf_idle();
}

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kConstruct, 'node', 'node', 0, 0);
    // Own properties, which a copy of the object has too.
    const define = (name, descriptor) => {
      Object.defineProperty(this, name, { __proto__: null, configurable: true, enumerable: true, ...descriptor });
    };
    define('name', { value: 'node' });
    define('entryType', { value: 'node' });
    define('startTime', { value: 0 });
    define('duration', { get: now });
    for (const name of ['nodeStart', 'v8Start', 'bootstrapComplete', 'environment', 'loopStart', 'loopExit']) {
      define(name, { get: () => milestone(name) });
    }
    define('idleTime', { get: idleTime });
  }

  toJSON() {
    return { ...this };
  }
}

module.exports = { PerformanceNodeTiming, idleTime, milestone, milestoneNames };
