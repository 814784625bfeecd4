'use strict';

// Entries of garbage collections, while somebody observes them.

const { makeNodeEntry } = require('internal/perf/entry');
const { now } = require('internal/perf/clock');

let watching;
let began;

function report() {
  if (watching === undefined) return;
  const { enqueueEntry } = require('internal/perf/observe');
  const figures = watching.take();
  for (let i = 0; i < figures.length; i += 4) {
    const [kind, flags, start, duration] = figures.slice(i, i + 4);
    enqueueEntry(makeNodeEntry('gc', 'gc', began + start / 1000, duration / 1000, { kind, flags }));
  }
}

function watch(on) {
  if (on) {
    began = now();
    watching = new ops.GcWatch(false, report);
  } else {
    watching.stop();
    watching = undefined;
  }
}

module.exports = { watch };
