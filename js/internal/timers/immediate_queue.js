'use strict';

// The immediates that wait for the check phase, in a list that they are linked
// into themselves. What an immediate does is its own affair: internal/timers has
// the programs' class, queueRawImmediate() the built-ins' own.

const loop = require('internal/timers/counts');

const { kImmediates, kRefedImmediates } = loop;

// true: keeps the loop alive; null: has run or has been cleared.
const kRefed = Symbol('refed');

let head = null;
let tail = null;

function append(immediate) {
  loop.counts[kImmediates]++;
  if (tail === null) {
    head = immediate;
  } else {
    tail._idleNext = immediate;
    immediate._idlePrev = tail;
  }
  tail = immediate;
}

function prepend(immediate) {
  if (head === null) return append(immediate);
  loop.counts[kImmediates]++;
  head._idlePrev = immediate;
  immediate._idleNext = head;
  head = immediate;
}

// Also takes one out of the list that is being run.
function remove(immediate) {
  const { _idlePrev: previous, _idleNext: next } = immediate;
  if (previous !== null) previous._idleNext = next;
  if (next !== null) next._idlePrev = previous;
  if (immediate === head) head = next;
  if (immediate === tail) tail = previous;
  immediate._idleNext = null;
  immediate._idlePrev = null;
}

function ref(immediate) {
  if (immediate[kRefed] !== false) return;
  immediate[kRefed] = true;
  loop.counts[kRefedImmediates]++;
}

function unref(immediate) {
  if (immediate[kRefed] !== true) return;
  immediate[kRefed] = false;
  loop.counts[kRefedImmediates]--;
}

// It is not going to run (again).
function settle(immediate) {
  immediate._destroyed = true;
  loop.counts[kImmediates]--;
  if (immediate[kRefed] === true) loop.counts[kRefedImmediates]--;
  immediate[kRefed] = null;
}

// The first of those that are queued now; what is queued from here on is for the next turn.
function takeAll() {
  const first = head;
  head = tail = null;
  return first;
}

// The one after `immediate`, which has run. To be asked only now: the next one may have been cleared meanwhile.
function takeNext(immediate) {
  const next = immediate._idleNext;
  immediate._idleNext = null;
  if (next !== null) next._idlePrev = null;
  return next;
}

class RawImmediate {
  constructor(callback) {
    this._idleNext = null;
    this._idlePrev = null;
    this._destroyed = false;
    this[kRefed] = false;
    this.callback = callback;
  }
}

// A callback for built-ins' own bookkeeping: no ids, no async context, not seen by hooks.
// A `refed` one keeps the loop alive until it has run; a `first` one goes before all that are queued.
function queueRawImmediate(callback, { refed, first }) {
  const immediate = new RawImmediate(callback);
  if (refed) ref(immediate);
  if (first) prepend(immediate);
  else append(immediate);
}

module.exports = {
  RawImmediate,
  append,
  kRefed,
  queueRawImmediate,
  ref,
  remove,
  settle,
  takeAll,
  takeNext,
  unref,
};
