'use strict';

// Async ids, the stack of executing resources and the emission of async hooks.
// Everything that starts asynchronous work takes its ids from here. The public
// classes are in node/async_hooks.js; promises in async_hooks/promises.js.

const { codes: { ERR_INVALID_ASYNC_ID }, isStackOverflowError } = require('internal/errors');
const { getAsyncContext } = require('internal/async_hooks/context');
const { queueRawImmediate } = require('internal/timers/immediate_queue');

const async_id_symbol = Symbol('asyncId');
const trigger_async_id_symbol = Symbol('triggerId');
const context_symbol = Symbol('asyncContext');
const owner_symbol = Symbol('owner');

// ---------------------------------------------------------------------------
// Ids

// 1 is the program's start, which no hook sees.
let lastAsyncId = 1;
let currentId = 1;
let currentTriggerId = 0;
let currentResource;
// -1: new resources are triggered by what is executing.
let defaultTriggerId = -1;

// What the ids above were, for each scope that is being executed within another.
const outerIds = [];
const outerTriggerIds = [];
const outerResources = [];
let depth = 0;

// executionAsyncResource() outside of every resource: one object, the same each time.
const topLevelResource = {};

function newAsyncId() {
  return ++lastAsyncId;
}

function executionAsyncId() {
  return currentId;
}

function triggerAsyncId() {
  return currentTriggerId;
}

function executionAsyncResource() {
  return currentResource ?? topLevelResource;
}

function getOrSetAsyncId(object) {
  if (Object.hasOwn(object, async_id_symbol)) return object[async_id_symbol];
  return (object[async_id_symbol] = newAsyncId());
}

function getDefaultTriggerAsyncId() {
  return defaultTriggerId < 0 ? currentId : defaultTriggerId;
}

function clearDefaultTriggerAsyncId() {
  defaultTriggerId = -1;
}

// Resources that `block` makes are triggered by `triggerId`.
function defaultTriggerAsyncIdScope(triggerId, block, ...args) {
  if (triggerId === undefined) return Reflect.apply(block, null, args);
  const outer = defaultTriggerId;
  defaultTriggerId = triggerId;
  try {
    return Reflect.apply(block, null, args);
  } finally {
    defaultTriggerId = outer;
  }
}

function pushAsyncContext(asyncId, triggerId, resource) {
  outerIds[depth] = currentId;
  outerTriggerIds[depth] = currentTriggerId;
  outerResources[depth] = currentResource;
  depth++;
  currentId = asyncId;
  currentTriggerId = triggerId;
  currentResource = resource;
}

// Ends the scope of `asyncId`; false when it is not the one executing, which
// is so after an exception has emptied the stack.
function popAsyncContext(asyncId) {
  if (depth === 0 || currentId !== asyncId) return false;
  depth--;
  currentId = outerIds[depth];
  currentTriggerId = outerTriggerIds[depth];
  currentResource = outerResources[depth];
  outerResources[depth] = undefined;
  return depth > 0;
}

function hasAsyncIdStack() {
  return depth > 0;
}

function clearAsyncIdStack() {
  while (depth > 0) outerResources[--depth] = undefined;
  currentId = 0;
  currentTriggerId = 0;
  currentResource = undefined;
}

// ---------------------------------------------------------------------------
// Hooks

// Replaced, never changed: an emission walks the list that was there at its start.
let activeHooks = [];
let initCount = 0;
let beforeCount = 0;
let afterCount = 0;
let destroyCount = 0;
let promiseResolveCount = 0;
let promiseListener = () => {};

function setActiveHooks(hooks) {
  activeHooks = hooks;
  initCount = beforeCount = afterCount = destroyCount = promiseResolveCount = 0;
  for (const hook of hooks) {
    if (hook.init !== undefined) initCount++;
    if (hook.before !== undefined) beforeCount++;
    if (hook.after !== undefined) afterCount++;
    if (hook.destroy !== undefined) destroyCount++;
    if (hook.promiseResolve !== undefined) promiseResolveCount++;
  }
  promiseListener(hooks);
}

function enableHook(hook) {
  if (!activeHooks.includes(hook)) setActiveHooks([...activeHooks, hook]);
}

function disableHook(hook) {
  if (activeHooks.includes(hook)) {
    setActiveHooks(activeHooks.filter((other) => other !== hook));
  }
}

// async_hooks/promises.js hears of every change of the set.
function onHooksChanged(listener) {
  promiseListener = listener;
}

const enabledHooksExist = () => activeHooks.length > 0;
const initHooksExist = () => initCount > 0;
const afterHooksExist = () => afterCount > 0;
const destroyHooksExist = () => destroyCount > 0;
const promiseResolveHooksExist = () => promiseResolveCount > 0;

// A hook that throws cannot be recovered from: the listeners of
// 'uncaughtException' run inside the very scopes that it watches. Running out of
// stack, though, is the fault of what the hook was told of.
function fatalHookError(err) {
  if (isStackOverflowError(err)) throw err;
  let text;
  try {
    text = typeof err?.stack === 'string' ? err.stack : require('internal/util/inspect').inspect(err);
  } catch {
    text = String(err);
  }
  process._rawDebug(text);
  if (process.execArgv.includes('--abort-on-uncaught-exception')) process.abort();
  process.exit(1);
}

function emitTo(name, asyncId) {
  const hooks = activeHooks;
  try {
    for (let i = 0; i < hooks.length; i++) {
      const hook = hooks[i];
      if (hook[name] !== undefined) hook[name](asyncId);
    }
  } catch (err) {
    fatalHookError(err);
  }
}

function emitInit(asyncId, type, triggerId, resource, isPromise = false) {
  if (initCount === 0) return;
  if (triggerId === null || triggerId === undefined) triggerId = getDefaultTriggerAsyncId();
  const hooks = activeHooks;
  try {
    for (let i = 0; i < hooks.length; i++) {
      const hook = hooks[i];
      if (hook.init === undefined || (isPromise && !hook.trackPromises)) continue;
      hook.init(asyncId, type, triggerId, resource);
    }
  } catch (err) {
    fatalHookError(err);
  }
}

function emitBefore(asyncId, triggerId, resource) {
  pushAsyncContext(asyncId, triggerId, resource);
  // 0 is work of our own, which hooks are not told of.
  if (beforeCount > 0 && asyncId > 0) emitTo('before', asyncId);
}

function emitAfter(asyncId) {
  if (currentId !== asyncId) return;
  if (afterCount > 0 && asyncId > 0) emitTo('after', asyncId);
  popAsyncContext(asyncId);
}

// For a scope whose start was not seen, hooks having been enabled inside it.
function emitAfterHooks(asyncId) {
  if (afterCount > 0) emitTo('after', asyncId);
}

// After an uncaught exception: every scope that it left ends.
function emitAfterAll() {
  if (afterCount > 0) {
    while (depth > 0) {
      if (currentId > 0) emitTo('after', currentId);
      popAsyncContext(currentId);
    }
  }
  clearAsyncIdStack();
}

function emitPromiseResolve(asyncId) {
  emitTo('promiseResolve', asyncId);
}

// 'destroy' is emitted from the loop, never in the middle of what ended the resource.
let destroyedIds = [];

function emitDestroy(asyncId) {
  if (destroyCount === 0 || asyncId <= 0) return;
  // Ahead of the program's own immediates, which are to find that it has happened; nobody waits for it.
  if (destroyedIds.push(asyncId) === 1) queueRawImmediate(emitDestroyBatch, { refed: false, first: true });
}

function emitDestroyBatch() {
  while (destroyedIds.length > 0) {
    const ids = destroyedIds;
    destroyedIds = [];
    for (const id of ids) emitTo('destroy', id);
  }
}

// ---------------------------------------------------------------------------
// Resources that are garbage collected rather than closed

let collected;

// Emits 'destroy' for `asyncId` when `target` goes, unless `state.destroyed` says that it has been.
function registerDestroyHook(target, asyncId, state) {
  collected ??= new FinalizationRegistry((held) => {
    if (held.state?.destroyed !== true) emitDestroy(held.asyncId);
  });
  collected.register(target, { asyncId, state });
}

// Gives a resource its ids and the context that its callbacks shall run in.
function trackResource(resource, type, triggerId = getDefaultTriggerAsyncId()) {
  const asyncId = newAsyncId();
  resource[async_id_symbol] = asyncId;
  resource[trigger_async_id_symbol] = triggerId;
  resource[context_symbol] = getAsyncContext();
  if (initCount > 0) emitInit(asyncId, type, triggerId, resource);
  return asyncId;
}

function validateAsyncId(asyncId, type) {
  if (!Number.isSafeInteger(asyncId) || asyncId < -1) {
    throw new ERR_INVALID_ASYNC_ID(type, asyncId);
  }
}

core.setAsyncHooksEmit(emitBefore, emitAfter, emitDestroy);

module.exports = {
  afterHooksExist,
  clearAsyncIdStack,
  clearDefaultTriggerAsyncId,
  defaultTriggerAsyncIdScope,
  destroyHooksExist,
  disableHook,
  emitAfter,
  emitAfterAll,
  emitAfterHooks,
  emitBefore,
  emitDestroy,
  emitDestroyBatch,
  emitInit,
  emitPromiseResolve,
  enableHook,
  enabledHooksExist,
  executionAsyncId,
  executionAsyncResource,
  fatalHookError,
  getDefaultTriggerAsyncId,
  getOrSetAsyncId,
  hasAsyncIdStack,
  initHooksExist,
  newAsyncId,
  onHooksChanged,
  popAsyncContext,
  promiseResolveHooksExist,
  pushAsyncContext,
  registerDestroyHook,
  symbols: {
    async_id_symbol,
    context_symbol,
    owner_symbol,
    trigger_async_id_symbol,
  },
  trackResource,
  triggerAsyncId,
  validateAsyncId,
};
