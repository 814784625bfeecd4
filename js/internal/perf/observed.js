'use strict';
// Entries of what others do (connections, look-ups): started and finished here, at no cost while nobody observes their type.

const { now } = require('internal/perf/clock');

// How many observe each type.
const counts = { __proto__: null };

function hasObserver(type) {
  return counts[type] > 0;
}

// What finishEntry() takes; undefined while nobody wants it.
function startEntry(type, name, detail) {
  return hasObserver(type) ? { type, name, detail, start: now() } : undefined;
}

function finishEntry(started, more) {
  if (started === undefined || !hasObserver(started.type)) return;
  const { type, name, detail, start } = started;
  // Loaded already: there is an observer.
  const { makeNodeEntry } = require('internal/perf/entry');
  const { enqueueEntry } = require('internal/perf/observe');
  enqueueEntry(makeNodeEntry(name, type, start, now() - start, { ...detail, ...more }));
}

module.exports = { counts, finishEntry, hasObserver, startEntry };
