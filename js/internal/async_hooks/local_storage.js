'use strict';

// AsyncLocalStorage: a value that follows a chain of asynchronous work.

const { validateObject } = require('internal/validators');
const {
  getAsyncContext,
  lookUp,
  removalCount,
  removeStore,
  runInContext,
  setAsyncContext,
  withStore,
  withoutStore,
} = require('internal/async_hooks/context');
const { AsyncResource } = require('internal/async_hooks/resource');

const { apply } = Reflect;

// What withScope() returns: leaves the store when it is disposed of.
class RunScope {
  #outer = getAsyncContext();
  #disposed = false;

  constructor(storage, store) {
    storage.enterWith(store);
  }

  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    setAsyncContext(this.#outer);
  }

  [Symbol.dispose]() {
    this.dispose();
  }
}

class AsyncLocalStorage {
  #defaultValue = undefined;
  #name = undefined;

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) {
      this.#name = `${options.name}`;
    }
  }

  get name() {
    return this.#name || '';
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    const context = getAsyncContext();
    return function runInAsyncScope(fn, ...args) {
      return runInContext(context, fn, this, args);
    };
  }

  disable() {
    removeStore(getAsyncContext(), this);
  }

  enterWith(store) {
    setAsyncContext(withStore(getAsyncContext(), this, store));
  }

  withScope(store) {
    return new RunScope(this, store);
  }

  run(store, callback, ...args) {
    const outer = getAsyncContext();
    // Entering the store that is there already needs no new context.
    const at = lookUp(outer, this);
    if (at !== -1 && Object.is(outer[at + 1], store)) {
      return apply(callback, null, args);
    }
    const before = at === -1 ? undefined : outer[at + 1];
    const removals = removalCount();
    const inner = withStore(outer, this, store);
    setAsyncContext(inner);
    try {
      return apply(callback, null, args);
    } finally {
      const now = getAsyncContext();
      // Other storages may have been entered or disabled meanwhile: that is to last.
      if (now === inner && removalCount() === removals) setAsyncContext(outer);
      else setAsyncContext(at === -1 ? withoutStore(now, this) : withStore(now, this, before));
    }
  }

  exit(callback, ...args) {
    return this.run(undefined, callback, ...args);
  }

  getStore() {
    const context = getAsyncContext();
    const at = lookUp(context, this);
    return at === -1 ? this.#defaultValue : context[at + 1];
  }
}

module.exports = { AsyncLocalStorage };
