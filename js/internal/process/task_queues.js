'use strict';

// process.nextTick and queueMicrotask over deno_core's tick queue: what is put
// in, with which ids and context. Draining it is deno_core's.

const { validateFunction } = require('internal/validators');
const { getAsyncContext, runInContext } = require('internal/async_hooks/context');
const {
  emitInit,
  getDefaultTriggerAsyncId,
  initHooksExist,
  newAsyncId,
  symbols: { async_id_symbol, trigger_async_id_symbol },
} = require('internal/async_hooks');
const { AsyncResource } = require('internal/async_hooks/resource');
const { queueRawImmediate } = require('internal/timers/immediate_queue');

const { queueNextTick } = core;

// Set when the process has begun to exit: nothing queued from then on would run.
let exiting = false;

class TickObject {
  constructor(callback, args) {
    this.callback = callback;
    this.args = args;
    this.snapshot = getAsyncContext();
    this.asyncId = newAsyncId();
    this.triggerAsyncId = getDefaultTriggerAsyncId();
  }

  get [async_id_symbol]() {
    return this.asyncId;
  }

  get [trigger_async_id_symbol]() {
    return this.triggerAsyncId;
  }
}

function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (exiting) return;
  const tick = new TickObject(callback, args.length === 0 ? undefined : args);
  if (initHooksExist()) {
    emitInit(tick.asyncId, 'TickObject', tick.triggerAsyncId, tick);
  }
  if (held === undefined) queueNextTick(tick);
  else held.push(tick);
}

// Ticks that are kept back, while they are.
let held;

// From now on ticks are kept back; the returned function ends that, and has those
// that came meanwhile queued by the loop's next immediate phase.
function holdTicks() {
  const outer = held;
  const ticks = held = [];
  return () => {
    held = outer;
    if (ticks.length === 0) return;
    queueRawImmediate(() => {
      for (const tick of ticks) queueNextTick(tick);
    }, { refed: true, first: false });
  };
}

// Taken before internal/bootstrap puts ours on the global object.
const coreQueueMicrotask = globalThis.queueMicrotask;

function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  if (initHooksExist()) {
    const resource = new AsyncResource('Microtask', { requireManualDestroy: true });
    coreQueueMicrotask(() => {
      try {
        resource.runInAsyncScope(callback);
      } finally {
        resource.emitDestroy();
      }
    });
    return;
  }
  const context = getAsyncContext();
  coreQueueMicrotask(() => runInContext(context, callback, undefined, []));
}

module.exports = {
  holdTicks,
  nextTick,
  queueMicrotask,
  // Runs ticks and microtasks until both queues are empty.
  runNextTicks: core.runNextTicks,
  setExiting() {
    exiting = true;
  },
};
