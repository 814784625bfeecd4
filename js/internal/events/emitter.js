'use strict';

// The EventEmitter class itself: listener tables, emit, captured rejections and
// the leak warning. The static helpers (once, on, getEventListeners ...) are in
// the files beside this one; node/events.js puts them together.

const { inspect } = require('internal/util/inspect');
const {
  codes: { ERR_UNHANDLED_ERROR },
} = require('internal/errors');
const {
  validateBoolean,
  validateFunction,
  validateNumber,
} = require('internal/validators');
const {
  kCapture,
  kEnhanceStack,
  kErrorMonitor,
  kRejection,
  kShapeMode,
} = require('internal/events/symbols');

const { apply, ownKeys } = Reflect;

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

Object.defineProperty(EventEmitter.prototype, kCapture, {
  __proto__: null,
  value: false,
  writable: true,
  enumerable: false,
});

EventEmitter.init = function init(options) {
  if (this._events === undefined ||
      this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
    this[kShapeMode] = false;
  } else {
    // The subclass prepared a table of its likely events; removals keep its shape.
    this[kShapeMode] = true;
  }
  this._maxListeners ||= undefined;

  if (options?.captureRejections) {
    validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = true;
  } else {
    // A copy on the instance makes the test in emit() an own-property load.
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListenersOf(emitter) {
  const own = emitter._maxListeners;
  return own === undefined ? defaultMaxListeners : own;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

// ---------------------------------------------------------------------------
// emit

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[kErrorMonitor] !== undefined) {
      this.emit(kErrorMonitor, ...args);
    }
    if (events?.error === undefined) {
      throwUnhandledError(this, args, emit);
    }
  } else if (events === undefined) {
    return false;
  }

  const handler = events[type];
  if (handler === undefined) return false;

  if (typeof handler === 'function') {
    const result = apply(handler, this, args);
    if (result !== undefined && result !== null && this[kCapture]) {
      captureRejection(this, result, type, args);
    }
    return true;
  }

  // Listeners may be added or removed while these run; the set that hears this
  // event is the one at its start.
  const listeners = handler.slice();
  for (let i = 0; i < listeners.length; i++) {
    const result = apply(listeners[i], this, args);
    if (result !== undefined && result !== null && this[kCapture]) {
      captureRejection(this, result, type, args);
    }
  }
  return true;
};

function throwUnhandledError(emitter, args, emit) {
  const err = args.length > 0 ? args[0] : undefined;
  if (err instanceof Error) {
    try {
      const emitted = {};
      Error.captureStackTrace(emitted, emit);
      const { stack } = emitted;
      Object.defineProperty(err, kEnhanceStack, {
        __proto__: null,
        value: () => withEmitPosition(emitter, err, stack),
        configurable: true,
      });
    } catch {
      // A frozen error, or one with a hostile trap: it is thrown as it is.
    }
    throw err;
  }

  let text;
  try {
    text = inspect(err);
  } catch {
    text = err;
  }
  const wrapper = new ERR_UNHANDLED_ERROR(text);
  wrapper.context = err;
  throw wrapper;
}

// The stack of `err` followed by the place that emitted it, leaving out the
// frames that both have at their far end.
function withEmitPosition(emitter, err, emitStack) {
  let on = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') on = ` on ${name} instance`;
  } catch {
    // A constructor getter of the user's threw: the name is a nicety.
  }

  const errorFrames = err.stack.split('\n').slice(1);
  const frames = emitStack.split('\n').slice(1);
  const { length, start } = sharedRun(frames, errorFrames);
  if (length > 3) {
    frames.splice(start + 1, length - 2,
                  '    [... lines matching original stack trace ...]');
  }
  return `${err.stack}\nEmitted 'error' event${on} at:\n${frames.join('\n')}`;
}

// The first run of frames of `a`, at least four long, that also occurs in `b`.
function sharedRun(a, b) {
  for (let start = 0; start < a.length - 3; start++) {
    const at = b.indexOf(a[start]);
    if (at === -1) continue;
    let length = 1;
    while (start + length < a.length && at + length < b.length &&
           a[start + length] === b[at + length]) {
      length++;
    }
    if (length > 3) return { length, start };
  }
  return { length: 0, start: 0 };
}

// ---------------------------------------------------------------------------
// Rejections of async listeners

function captureRejection(emitter, result, type, args) {
  // `then` may be a getter, and may throw; either becomes an 'error'.
  try {
    const { then } = result;
    if (typeof then === 'function') {
      apply(then, result, [undefined, (err) => {
        // Out of the promise's job, so that a throwing 'error' listener is an
        // uncaught exception rather than another rejection.
        process.nextTick(deliverRejection, emitter, err, type, args);
      }]);
    }
  } catch (err) {
    emitter.emit('error', err);
  }
}

function deliverRejection(emitter, err, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](err, type, ...args);
    return;
  }
  // An 'error' listener that rejects too must not come back here for ever.
  const capture = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', err);
  } finally {
    emitter[kCapture] = capture;
  }
}

// ---------------------------------------------------------------------------
// Adding

function add(emitter, type, listener, prepend) {
  validateFunction(listener, 'listener');

  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    // Before the listener is in the table, so that one for 'newListener' does not hear of itself.
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }

  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }

  let list = existing;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }

  const limit = maxListenersOf(emitter);
  if (limit > 0 && list.length > limit && !list.warned) {
    list.warned = true;
    warnOfLeak(emitter, type, list.length, limit);
  }
  return emitter;
}

function warnOfLeak(emitter, type, count, limit) {
  const warning = new Error(
    'Possible EventEmitter memory leak detected. ' +
    `${count} ${String(type)} listeners added to ${inspect(emitter, { depth: -1 })}. ` +
    `MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = count;
  process.emitWarning(warning);
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function callOnce(...args) {
  if (this.fired) return undefined;
  this.target.removeListener(this.type, this.wrapper);
  this.fired = true;
  return apply(this.listener, this.target, args);
}

function onceWrapper(target, type, listener) {
  const state = { fired: false, wrapper: undefined, target, type, listener };
  const wrapper = callOnce.bind(state);
  wrapper.listener = listener;
  state.wrapper = wrapper;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  validateFunction(listener, 'listener');
  this.on(type, onceWrapper(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  validateFunction(listener, 'listener');
  this.prependListener(type, onceWrapper(this, type, listener));
  return this;
};

// ---------------------------------------------------------------------------
// Removing

// Takes the whole entry of `type` out of the table.
function dropType(emitter, events, type) {
  emitter._eventsCount -= 1;
  if (emitter[kShapeMode]) {
    events[type] = undefined;
  } else if (emitter._eventsCount === 0) {
    emitter._events = { __proto__: null };
  } else {
    delete events[type];
  }
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');

  const events = this._events;
  const list = events?.[type];
  if (list === undefined) return this;

  if (list === listener || list.listener === listener) {
    dropType(this, events, type);
    if (events.removeListener !== undefined) {
      this.emit('removeListener', type, list.listener ?? listener);
    }
    return this;
  }
  if (typeof list === 'function') return this;

  let at = list.length - 1;
  while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--;
  if (at < 0) return this;

  if (at === 0) list.shift();
  else list.splice(at, 1);
  if (list.length === 1) events[type] = list[0];

  if (events.removeListener !== undefined) {
    this.emit('removeListener', type, listener);
  }
  return this;
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  if (events.removeListener === undefined) {
    // Nobody wants to hear of each one.
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      dropType(this, events, type);
    }
    this[kShapeMode] = false;
    return this;
  }

  if (arguments.length === 0) {
    for (const key of ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    this[kShapeMode] = false;
    return this;
  }

  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    // Last in, first out.
    for (let i = listeners.length - 1; i >= 0; i--) {
      this.removeListener(type, listeners[i]);
    }
  }
  return this;
};

// ---------------------------------------------------------------------------
// Looking

function listenersOf(emitter, type, unwrap) {
  const entry = emitter._events?.[type];
  if (entry === undefined) return [];
  if (typeof entry === 'function') {
    return [unwrap ? entry.listener ?? entry : entry];
  }
  const list = entry.slice();
  if (unwrap) {
    for (let i = 0; i < list.length; i++) list[i] = list[i].listener ?? list[i];
  }
  return list;
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const entry = this._events?.[type];
  if (entry === undefined) return 0;
  if (typeof entry === 'function') {
    return listener == null || entry === listener || entry.listener === listener ? 1 : 0;
  }
  if (listener == null) return entry.length;
  let count = 0;
  for (let i = 0; i < entry.length; i++) {
    if (entry[i] === listener || entry[i].listener === listener) count++;
  }
  return count;
};

EventEmitter.prototype.eventNames = function eventNames() {
  if (this._eventsCount <= 0) return [];
  const events = this._events;
  const names = ownKeys(events);
  return this[kShapeMode] ? names.filter((name) => events[name] !== undefined) : names;
};

// ---------------------------------------------------------------------------

function setDefaultMaxListeners(n) {
  validateNumber(n, 'defaultMaxListeners', 0);
  defaultMaxListeners = n;
}

function setCaptureRejections(value) {
  validateBoolean(value, 'EventEmitter.captureRejections');
  EventEmitter.prototype[kCapture] = value;
}

module.exports = {
  EventEmitter,
  getDefaultMaxListeners: () => defaultMaxListeners,
  maxListenersOf,
  setCaptureRejections,
  setDefaultMaxListeners,
};
