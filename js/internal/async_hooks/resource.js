'use strict';

// AsyncResource: a handle on an async scope for code that queues work by itself.

const {
  codes: { ERR_ASYNC_TYPE },
} = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { getAsyncContext, setAsyncContext } = require('internal/async_hooks/context');
const {
  destroyHooksExist,
  emitAfter,
  emitBefore,
  emitDestroy,
  emitInit,
  enabledHooksExist,
  getDefaultTriggerAsyncId,
  initHooksExist,
  newAsyncId,
  registerDestroyHook,
  symbols: { async_id_symbol, context_symbol, trigger_async_id_symbol },
  validateAsyncId,
} = require('internal/async_hooks');

const kDestroyState = Symbol('destroyed');

class AsyncResource {
  constructor(type, options = {}) {
    validateString(type, 'type');

    let triggerAsyncId = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ?
        getDefaultTriggerAsyncId() : options.triggerAsyncId;
      requireManualDestroy = !!options.requireManualDestroy;
    }
    validateAsyncId(triggerAsyncId, 'triggerAsyncId');

    const asyncId = newAsyncId();
    this[async_id_symbol] = asyncId;
    this[trigger_async_id_symbol] = triggerAsyncId;
    this[context_symbol] = getAsyncContext();

    if (initHooksExist()) {
      if (enabledHooksExist() && type.length === 0) throw new ERR_ASYNC_TYPE(type);
      emitInit(asyncId, type, triggerAsyncId, this);
    }
    if (!requireManualDestroy && destroyHooksExist()) {
      // In an object of its own, so that the registry does not hold the resource.
      const state = { destroyed: false };
      this[kDestroyState] = state;
      registerDestroyHook(this, asyncId, state);
    }
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const asyncId = this[async_id_symbol];
    const outer = getAsyncContext();
    setAsyncContext(this[context_symbol]);
    emitBefore(asyncId, this[trigger_async_id_symbol], this);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      // An exception handled further in may have emptied the stack already.
      emitAfter(asyncId);
      setAsyncContext(outer);
    }
  }

  emitDestroy() {
    if (this[kDestroyState] !== undefined) this[kDestroyState].destroyed = true;
    emitDestroy(this[async_id_symbol]);
    return this;
  }

  asyncId() {
    return this[async_id_symbol];
  }

  triggerAsyncId() {
    return this[trigger_async_id_symbol];
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) {
        return resource.runInAsyncScope(fn, this, ...args);
      } :
      this.runInAsyncScope.bind(this, fn, thisArg);
    Object.defineProperty(bound, 'length', {
      __proto__: null,
      configurable: true,
      enumerable: false,
      value: fn.length,
      writable: false,
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name || 'bound-anonymous-fn';
    return new AsyncResource(type).bind(fn, thisArg);
  }
}

module.exports = { AsyncResource };
