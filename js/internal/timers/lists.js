'use strict';

// Which timer is due when. Timers of one duration are due in the order in which they were
// started, so each duration has a list, and a heap has the lists by the time at
// which their first timer is due. Times are whole milliseconds, as in libuv.

// Linked in a ring through the list itself: _idleNext is the oldest timer, _idlePrev the newest.
class TimersList {
  constructor(msecs, expiry) {
    this._idleNext = this;
    this._idlePrev = this;
    this.msecs = msecs;
    this.expiry = expiry;
    this.order = ++lastOrder;
  }
}

let lastOrder = 0;
const lists = new Map();

// The smallest child of heap[i] is not smaller than it; those are at 2i+1 and 2i+2.
const heap = [];

// When the loop has been told to wake up.
let nextExpiry = Infinity;

// Of two lists that are due at the same time the one that was told so earlier goes first.
function isBefore(a, b) {
  return a.expiry < b.expiry || (a.expiry === b.expiry && a.order < b.order);
}

function siftUp(list) {
  let at = heap.length;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(list, heap[above])) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = list;
}

// Puts `list` into the place at the top, which is free.
function siftDown(list) {
  const { length } = heap;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= length) break;
    if (below + 1 < length && isBefore(heap[below + 1], heap[below])) below++;
    if (!isBefore(heap[below], list)) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = list;
}

function wakeAt(expiry) {
  nextExpiry = expiry;
  ops.op_core_timers_wake(expiry);
}

function isListed(timer) {
  return timer._idleNext !== null;
}

function remove(timer) {
  const { _idlePrev: previous, _idleNext: next } = timer;
  if (next === null) return;
  previous._idleNext = next;
  next._idlePrev = previous;
  timer._idleNext = null;
  timer._idlePrev = null;
}

function now() {
  return ops.op_core_timers_now();
}

// Has `timer`, which is in no list, be due `msecs` after `start`.
function insert(timer, msecs, start) {
  msecs = Math.trunc(msecs);
  timer._idleStart = start;
  let list = lists.get(msecs);
  if (list === undefined) {
    list = new TimersList(msecs, start + msecs);
    lists.set(msecs, list);
    siftUp(list);
    if (list.expiry < nextExpiry) wakeAt(list.expiry);
  }
  const newest = list._idlePrev;
  timer._idlePrev = newest;
  timer._idleNext = list;
  newest._idleNext = timer;
  list._idlePrev = timer;
}

// The list whose first timer is due at `time`, if there is one. A timer that is started from here on is due later.
function dueList(time) {
  return heap.length > 0 && heap[0].expiry <= time ? heap[0] : null;
}

// Takes the next timer that is due at `time` out of `list`, which is the heap's first; null: no more.
function takeDue(list, time) {
  const timer = list._idleNext;
  if (timer !== list) {
    if (time - timer._idleStart >= list.msecs) {
      remove(timer);
      return timer;
    }
    list.expiry = timer._idleStart + list.msecs;
    list.order = ++lastOrder;
    siftDown(list);
    return null;
  }
  lists.delete(list.msecs);
  const last = heap.pop();
  if (heap.length > 0) siftDown(last);
  return null;
}

// Has the loop wake up for what is due next.
function schedule() {
  wakeAt(heap.length > 0 ? heap[0].expiry : Infinity);
}

module.exports = { dueList, insert, isListed, now, remove, schedule, takeDue };
