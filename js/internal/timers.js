'use strict';

// The Timeout and Immediate classes. deno_core keeps the lists and runs what is
// due: a Timeout is itself the item in those lists. Ids, async context and what
// an exception does are added here, in the functions that the lists call.

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

const { cancelTimer, refTimer, refreshTimer, unrefTimer } = core;

const TIMEOUT_MAX = 2 ** 31 - 1;

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kTimeout = Symbol('timeout');
const kCallback = Symbol('callback');
const kHasPrimitive = Symbol('kHasPrimitive');

// deno_core's mark on a timer that keeps the loop alive. It has no name of its
// own outside of that module; a timer that has ended shows it without side effects.
const kRefed = (() => {
  const ended = { _destroyed: true };
  refTimer(ended);
  return Object.getOwnPropertySymbols(ended)[0];
})();

// Timers whose number has been asked for, for clearTimeout(number).
const timersById = { __proto__: null };

let refedTimeouts = 0;

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

// What the lists call when a timeout is due; `this` is the Timeout.
function runTimeout(...args) {
  const asyncId = this[async_id_symbol];
  const outer = getAsyncContext();
  setAsyncContext(this[context_symbol]);
  emitBefore(asyncId, this[trigger_async_id_symbol], this);
  try {
    this[kCallback](...args);
    emitAfter(asyncId);
  } catch (err) {
    fatalException(err, false);
  }
  setAsyncContext(outer);

  // Not in a list again, and not going to be: the lists end it after this returns.
  const listed = this._idleNext || this._idlePrev;
  if (!listed && !this._destroyed && !(this._repeat && this._idleTimeout !== -1)) {
    end(this);
  }
}

function end(timeout) {
  if (timeout[kRefed]) refedTimeouts--;
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
    this._onTimeout = runTimeout;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    // The lists know timers by number in their statistics only.
    this._timerId = 0;
    this[kRefed] = false;
    this[kCallback] = callback;
    this[kHasPrimitive] = false;
    this[context_symbol] = getAsyncContext();
    this[async_id_symbol] = 0;
    this[trigger_async_id_symbol] = 0;
    announce(this);
    if (isRefed) {
      refedTimeouts++;
      refTimer(this);
    }
    refreshTimer(this);
  }

  refresh() {
    if (this._idleTimeout < 0 || this._idleTimeout === undefined) return this;
    if (this._destroyed) {
      // It has fired, and lives again as a resource of its own.
      const refed = this[kRefed];
      this[kRefed] = false;
      this._destroyed = false;
      announce(this);
      if (refed) {
        refedTimeouts++;
        refTimer(this);
      }
    }
    refreshTimer(this);
    return this;
  }

  ref() {
    if (!this[kRefed] && !this._destroyed) refedTimeouts++;
    refTimer(this);
    return this;
  }

  unref() {
    if (this[kRefed] && !this._destroyed) refedTimeouts--;
    unrefTimer(this);
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
    cancelTimer(timeout);
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

// What the immediate queue calls; `this` is the Immediate.
function runImmediate(...args) {
  const outer = getAsyncContext();
  setAsyncContext(this[context_symbol]);
  try {
    this[kCallback](...args);
  } catch (err) {
    fatalException(err, false);
  }
  setAsyncContext(outer);
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = runImmediate;
    this._argv = args;
    this._destroyed = false;
    this[core.kRefed] = false;
    this[kCallback] = callback;
    this[context_symbol] = getAsyncContext();
    this[async_id_symbol] = newAsyncId();
    this[trigger_async_id_symbol] = getDefaultTriggerAsyncId();
    if (initHooksExist()) {
      emitInit(this[async_id_symbol], 'Immediate', this[trigger_async_id_symbol], this);
    }
    this.ref();
    core.queueImmediate(this);
  }

  // The queue's names for the ids.
  get asyncId() {
    return this[async_id_symbol];
  }

  get triggerAsyncId() {
    return this[trigger_async_id_symbol];
  }

  ref() {
    // null: it has run.
    if (this[core.kRefed] === false) {
      this[core.kRefed] = true;
      core.immediateRefCount(true);
    }
    return this;
  }

  unref() {
    if (this[core.kRefed] === true) {
      this[core.kRefed] = false;
      core.immediateRefCount(false);
    }
    return this;
  }

  hasRef() {
    return !!this[core.kRefed];
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function clearImmediate(immediate) {
  if (immediate instanceof Immediate) core.clearImmediate(immediate);
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
    timeoutCount: refedTimeouts,
    immediateCount: core.getActiveImmediateCount(),
  };
}

module.exports = {
  Immediate,
  TIMEOUT_MAX,
  Timeout,
  clearImmediate,
  clearTimeout,
  getTimerCounts,
  getTimerDuration,
  kTimeout,
  setUnrefTimeout,
};
