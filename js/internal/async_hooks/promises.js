'use strict';

// Async hooks over promises: V8's four promise hooks are installed only while
// an enabled hook wants them, since they cost every promise of the program.

const {
  destroyHooksExist,
  emitAfter,
  emitAfterHooks,
  emitBefore,
  emitInit,
  emitPromiseResolve,
  executionAsyncId,
  getDefaultTriggerAsyncId,
  getOrSetAsyncId,
  initHooksExist,
  newAsyncId,
  onHooksChanged,
  promiseResolveHooksExist,
  registerDestroyHook,
  symbols: { async_id_symbol, trigger_async_id_symbol },
} = require('internal/async_hooks');
const { isStackOverflowError } = require('internal/errors');
const { add } = require('internal/promise_hooks');

function track(promise, parent) {
  if (promise[async_id_symbol] !== undefined) return;
  // A promise made before the hooks were enabled may be the parent of one made now.
  const triggerId = parent ? getOrSetAsyncId(parent) : getDefaultTriggerAsyncId();
  promise[async_id_symbol] = newAsyncId();
  promise[trigger_async_id_symbol] = triggerId;
}

function onInit(promise, parent) {
  track(promise, parent);
  const asyncId = promise[async_id_symbol];
  if (initHooksExist()) {
    emitInit(asyncId, 'PROMISE', promise[trigger_async_id_symbol], promise, true);
  }
  if (destroyHooksExist()) registerDestroyHook(promise, asyncId);
}

function onBefore(promise) {
  track(promise);
  emitBefore(promise[async_id_symbol], promise[trigger_async_id_symbol], promise);
}

function onAfter(promise) {
  track(promise);
  const asyncId = promise[async_id_symbol];
  if (asyncId === executionAsyncId()) emitAfter(asyncId);
  else emitAfterHooks(asyncId);
}

function onResolve(promise) {
  track(promise);
  if (promiseResolveHooksExist()) emitPromiseResolve(promise[async_id_symbol]);
}

const moments = { __proto__: null, init: onInit, before: onBefore, after: onAfter, settled: onResolve };

// Takes V8's hooks off again; undefined while they are not installed.
let remove;
let removalScheduled = false;
let active = [];

function wanted() {
  return active.some((hook) => hook.trackPromises);
}

function removeUnlessWanted() {
  removalScheduled = false;
  if (remove !== undefined && !wanted()) {
    remove();
    remove = undefined;
  }
}

// V8 calls its hooks even where the stack has no room left for them. What has used it up finds that out by itself, and is what is to be reported.
function throwUnlessOverflow(err) {
  if (!isStackOverflowError(err)) throw err;
}

onHooksChanged((hooks) => {
  active = hooks;
  if (wanted()) {
    if (remove === undefined) {
      remove = add(moments);
      ops.op_core_late_errors_filter(throwUnlessOverflow);
    }
  } else if (remove !== undefined && !removalScheduled) {
    // A hook may be disabled inside a promise's reaction, whose end must still be
    // seen: V8's hooks go once the reactions under way are done.
    removalScheduled = true;
    core.queueNextTick({
      callback: removeUnlessWanted,
      args: undefined,
      snapshot: undefined,
      asyncId: 0,
      triggerAsyncId: 0,
    });
  }
});
