'use strict';

// The Timeout and Immediate classes, and what is done when one is due: ids, async
// context, what an exception does. The items of timers/lists.js and of
// timers/immediate_queue.js, which say when that is, are the objects themselves.

const {
  codes: { ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { getAsyncContext, setAsyncContext } = require('internal/async_hooks/context');
const {
  emitAfter,
  emitBefore,
  emitDestroy,
  emitInit,
  getDefaultTriggerAsyncId,
  initHooksExist,
  newAsyncId,
  symbols: { async_id_symbol, context_symbol, trigger_async_id_symbol },
} = require('internal/async_hooks');
const { fatalException } = require('internal/process/execution');

const loop = require('internal/timers/counts');
const lists = require('internal/timers/lists');
const queue = require('internal/timers/immediate_queue');

const { kRefedImmediates, kRefedTimers } = loop;
const { kRefed } = queue;

const TIMEOUT_MAX = 2 ** 31 - 1;

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kTimeout = Symbol('timeout');
const kHasPrimitive = Symbol('kHasPrimitive');

// Timers whose number has been asked for, for clearTimeout(number).
const timersById = { __proto__: null };

let warnedNegative = false;
let warnedNotNumber = false;

// A delay as the lists take it; what cannot be one becomes 1, as browsers do.
function normalizeDelay(after) {
  if (after === undefined) return 1;
  after *= 1;
  if (after >= 1 && after <= TIMEOUT_MAX) return after;
  if (after > TIMEOUT_MAX) {
    process.emitWarning(`${after} does not fit into a 32-bit signed integer.` +
                        '\nTimeout duration was set to 1.', 'TimeoutOverflowWarning');
  } else if (after < 0 && !warnedNegative) {
    warnedNegative = true;
    process.emitWarning(`${after} is a negative number.` +
                        '\nTimeout duration was set to 1.', 'TimeoutNegativeWarning');
  } else if (Number.isNaN(after) && !warnedNotNumber) {
    warnedNotNumber = true;
    process.emitWarning(`${after} is not a number.` +
                        '\nTimeout duration was set to 1.', 'TimeoutNaNWarning');
  }
  return 1;
}

// The two phases of the loop that are the timers'. Stacks end with these functions, so they have the names by which programs and people know that place.

function processTimers() {
  const time = lists.now();
  let list;
  while ((list = lists.dueList(time)) !== null) listOnTimeout(list, time);
  lists.schedule();
}

function listOnTimeout(list, time) {
  let timeout;
  while ((timeout = lists.takeDue(list, time)) !== null) {
    // A program may have taken it away.
    if (!timeout._onTimeout) {
      if (!timeout._destroyed) end(timeout);
      continue;
    }
    const asyncId = timeout[async_id_symbol];
    const start = timeout._repeat ? lists.now() : 0;
    const outer = getAsyncContext();
    setAsyncContext(timeout[context_symbol]);
    emitBefore(asyncId, timeout[trigger_async_id_symbol], timeout);
    try {
      const args = timeout._timerArgs;
      if (args === undefined) timeout._onTimeout();
      else timeout._onTimeout(...args);
      emitAfter(asyncId);
    } catch (err) {
      fatalException(err, false);
    }
    setAsyncContext(outer);
    finish(timeout, start);
    core.runNextTicks();
  }
}

// `timeout` has run: it begins again or ends, unless it has been started anew meanwhile.
function finish(timeout, start) {
  if (lists.isListed(timeout)) return;
  if (timeout._repeat && timeout._idleTimeout !== -1) {
    timeout._idleTimeout = timeout._repeat;
    lists.insert(timeout, timeout._repeat, start);
  } else if (!timeout._destroyed) {
    end(timeout);
  }
}

function processImmediate() {
  let immediate = queue.takeAll();
  while (immediate !== null) {
    queue.settle(immediate);
    if (immediate instanceof queue.RawImmediate) {
      immediate.callback();
    } else {
      const asyncId = immediate[async_id_symbol];
      const outer = getAsyncContext();
      setAsyncContext(immediate[context_symbol]);
      emitBefore(asyncId, immediate[trigger_async_id_symbol], immediate);
      try {
        const args = immediate._argv;
        if (args === undefined) immediate._onImmediate();
        else immediate._onImmediate(...args);
        emitAfter(asyncId);
      } catch (err) {
        fatalException(err, false);
      }
      setAsyncContext(outer);
      immediate._onImmediate = null;
      emitDestroy(asyncId);
    }
    core.runNextTicks();
    immediate = queue.takeNext(immediate);
  }
}

function end(timeout) {
  timeout._destroyed = true;
  if (timeout[kRefed]) loop.counts[kRefedTimers]--;
  if (timeout[kHasPrimitive]) delete timersById[timeout[async_id_symbol]];
  emitDestroy(timeout[async_id_symbol]);
}

function announce(timeout) {
  const asyncId = newAsyncId();
  const triggerId = getDefaultTriggerAsyncId();
  timeout[async_id_symbol] = asyncId;
  timeout[trigger_async_id_symbol] = triggerId;
  if (initHooksExist()) emitInit(asyncId, 'Timeout', triggerId, timeout);
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    after = normalizeDelay(after);
    this._idleTimeout = after;
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    this[kRefed] = isRefed;
    this[kHasPrimitive] = false;
    this[context_symbol] = getAsyncContext();
    this[async_id_symbol] = 0;
    this[trigger_async_id_symbol] = 0;
    announce(this);
    if (isRefed) loop.counts[kRefedTimers]++;
    lists.insert(this, after, lists.now());
  }

  refresh() {
    if (this._idleTimeout < 0 || this._idleTimeout === undefined) return this;
    if (this._destroyed) {
      // It has fired, and lives again as a resource of its own.
      this._destroyed = false;
      announce(this);
      if (this[kRefed]) loop.counts[kRefedTimers]++;
    }
    lists.remove(this);
    lists.insert(this, this._idleTimeout, lists.now());
    return this;
  }

  ref() {
    if (!this[kRefed]) {
      this[kRefed] = true;
      if (!this._destroyed) loop.counts[kRefedTimers]++;
    }
    return this;
  }

  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed) loop.counts[kRefedTimers]--;
    }
    return this;
  }

  hasRef() {
    return this[kRefed];
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  // The lists that it hangs in are nobody's interest.
  [kInspect](_depth, options, inspect) {
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }

  [Symbol.toPrimitive]() {
    const id = this[async_id_symbol];
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      timersById[id] = this;
    }
    return id;
  }
}

function cancel(timeout) {
  if (!timeout._destroyed) {
    end(timeout);
    lists.remove(timeout);
  }
  timeout._onTimeout = null;
  timeout._idleTimeout = -1;
}

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    if (timer instanceof Timeout) {
      cancel(timer);
    } else {
      timer._onTimeout = null;
    }
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const known = timersById[timer];
    if (known !== undefined) cancel(known);
  }
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = false;
    this[context_symbol] = getAsyncContext();
    this[async_id_symbol] = newAsyncId();
    this[trigger_async_id_symbol] = getDefaultTriggerAsyncId();
    if (initHooksExist()) {
      emitInit(this[async_id_symbol], 'Immediate', this[trigger_async_id_symbol], this);
    }
    queue.ref(this);
    queue.append(this);
  }

  ref() {
    queue.ref(this);
    return this;
  }

  unref() {
    queue.unref(this);
    return this;
  }

  hasRef() {
    return !!this[kRefed];
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function clearImmediate(immediate) {
  if (!(immediate instanceof Immediate) || immediate._destroyed) return;
  queue.settle(immediate);
  queue.remove(immediate);
  immediate._onImmediate = null;
  emitDestroy(immediate[async_id_symbol]);
}

// A timer of a built-in's own, which never keeps the program running.
function setUnrefTimeout(callback, after) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, undefined, false, false);
}

// A duration that a user gave to setTimeout() of a socket or request.
function getTimerDuration(msecs, name) {
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) {
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  }
  if (msecs > TIMEOUT_MAX) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.` +
                        `\nTimer duration was truncated to ${TIMEOUT_MAX}.`, 'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return msecs;
}

function getTimerCounts() {
  return {
    timeoutCount: loop.counts[kRefedTimers],
    immediateCount: loop.counts[kRefedImmediates],
  };
}

// Gives the loop its two phases.
function initialize() {
  const memory = ops.op_core_timers_start(processTimers.bind(process), processImmediate.bind(process));
  loop.counts = new Int32Array(memory);
}

module.exports = {
  Immediate,
  TIMEOUT_MAX,
  Timeout,
  clearImmediate,
  clearTimeout,
  getTimerCounts,
  getTimerDuration,
  initialize,
  kTimeout,
  setUnrefTimeout,
};
