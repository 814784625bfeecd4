'use strict';

// The async context: what AsyncLocalStorage hands from a piece of code to
// everything that it starts. V8 carries it through promises; timers, ticks and
// resources carry it by hand with the two functions re-exported here.
//
// A context is undefined (empty) or a flat array [storage, value, storage, value, ...].
// Programs have few storages, so a scan beats a Map, and so does the copy.

const { getAsyncContext, setAsyncContext } = core;

function lookUp(context, storage) {
  if (context !== undefined) {
    for (let i = 0; i < context.length; i += 2) {
      if (context[i] === storage) return i;
    }
  }
  return -1;
}

function withStore(context, storage, value) {
  if (context === undefined) return [storage, value];
  const next = context.slice();
  const at = lookUp(context, storage);
  if (at === -1) next.push(storage, value);
  else next[at + 1] = value;
  return next;
}

function withoutStore(context, storage) {
  const at = lookUp(context, storage);
  if (at === -1) return context;
  return context.length === 2 ? undefined : context.toSpliced(at, 2);
}

// How often a context has been changed in place.
let removals = 0;

// Also takes effect for everybody who shares `context`: disabling a storage
// reaches the work that is already under way.
function removeStore(context, storage) {
  const at = lookUp(context, storage);
  if (at === -1) return;
  context.splice(at, 2);
  removals++;
}

// Calls fn(...args) in `context`.
function runInContext(context, fn, thisArg, args) {
  const outer = getAsyncContext();
  if (outer === context) return Reflect.apply(fn, thisArg, args);
  setAsyncContext(context);
  try {
    return Reflect.apply(fn, thisArg, args);
  } finally {
    setAsyncContext(outer);
  }
}

module.exports = {
  getAsyncContext,
  lookUp,
  removalCount: () => removals,
  removeStore,
  runInContext,
  setAsyncContext,
  withStore,
  withoutStore,
};
