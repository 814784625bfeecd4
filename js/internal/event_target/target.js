'use strict';

// The EventTarget class: its lists of listeners and the dispatch of events.

const {
  codes: {
    ERR_EVENT_RECURSION,
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_THIS,
    ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { getDefaultMaxListeners } = require('internal/events/emitter');
const {
  kIsEventTarget,
  kIsNodeEventTarget,
  kListeners,
  kMaxEventTargetListeners,
  kMaxEventTargetListenersWarned,
  kResistStopPropagation,
} = require('internal/events/symbols');
const {
  CustomEvent,
  exposeAsInterface,
  internals,
} = require('internal/event_target/event');
const { inspectAs } = require('internal/event_target/inspect');
const { Listener } = require('internal/event_target/listener');
const { nextTick } = require('internal/process/task_queues');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kWeakHandler = Symbol('kWeak');
const kCreateEvent = Symbol('kCreateEvent');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kIsNodeStyleListener = Symbol('kIsNodeStyleListener');

// What a constructor does; also for objects that become targets without one.
function initEventTarget(target) {
  target[kListeners] = new Map();
  target[kMaxEventTargetListeners] = getDefaultMaxListeners();
  target[kMaxEventTargetListenersWarned] = false;
}

function isEventTarget(value) {
  return value?.constructor?.[kIsEventTarget] === true;
}

function isNodeEventTarget(value) {
  return value?.constructor?.[kIsNodeEventTarget] === true;
}

function checkTarget(value) {
  if (!isEventTarget(value)) throw new ERR_INVALID_THIS('EventTarget');
}

function throwLater(err) {
  nextTick(() => {
    throw err;
  });
}

const plainOptions = Object.freeze({
  __proto__: null,
  once: false,
  capture: false,
  passive: false,
  signal: undefined,
  keeper: undefined,
  isNodeStyle: false,
  resistsStop: false,
});
const capturingOptions = Object.freeze({ ...plainOptions, __proto__: null, capture: true });

function readOptions(options) {
  if (options === undefined || options === null || options === false) return plainOptions;
  if (options === true) return capturingOptions;
  if (typeof options !== 'object' && typeof options !== 'function') throw new ERR_INVALID_ARG_TYPE('options', 'object', options);
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  return {
    __proto__: null,
    once: !!options.once,
    capture: !!options.capture,
    passive: !!options.passive,
    signal,
    keeper: options[kWeakHandler],
    isNodeStyle: !!options[kIsNodeStyleListener],
    resistsStop: options[kResistStopPropagation] ?? false,
  };
}

function isCapture(options) {
  return typeof options === 'boolean' ? options : !!options?.capture;
}

function isCallable(listener) {
  if (typeof listener === 'function' || typeof listener?.handleEvent === 'function') return true;
  if (listener === undefined || listener === null) return false;
  // `handleEvent` is looked up when the event comes.
  if (typeof listener === 'object') return true;
  throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

function warnOfLeak(target, type, count) {
  const limit = target[kMaxEventTargetListeners];
  target[kMaxEventTargetListenersWarned] = true;
  const warning = new Error(
    'Possible EventTarget memory leak detected. ' +
    `${count} ${type} listeners added to ${inspect(target, { depth: -1 })}. ` +
    `MaxListeners is ${limit}. Use events.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.target = target;
  warning.type = type;
  warning.count = count;
  process.emitWarning(warning);
}

function call(target, listener, argument) {
  const { callback } = listener;
  if (callback === undefined) return;
  try {
    let result;
    if (typeof callback === 'function') {
      result = Reflect.apply(callback, target, [argument]);
    } else {
      const { handleEvent } = callback;
      if (typeof handleEvent !== 'function') {
        throw new ERR_INVALID_ARG_TYPE('handleEvent', 'Function', handleEvent);
      }
      result = Reflect.apply(handleEvent, callback, [argument]);
    }
    if (result !== undefined && result !== null) {
      const { then } = result;
      if (typeof then === 'function') Reflect.apply(then, result, [undefined, throwLater]);
    }
  } catch (err) {
    throwLater(err);
  }
}

// A dispatch may be walking `list`, so it is replaced.
function removeAt(target, type, list, at) {
  const entry = list[at];
  entry.removed = true;
  entry.detach?.();
  const lists = target[kListeners];
  if (list.length === 1) lists.delete(type);
  else lists.set(type, list.toSpliced(at, 1));
  target[kRemoveListener](list.length - 1, type, entry.callback, entry.capture);
}

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() {
    initEventTarget(this);
  }

  // For subclasses: told of every change of the number of listeners.
  [kNewListener](size, type, listener, once, capture, passive, weak) {
    if (this[kMaxEventTargetListeners] > 0 && size > this[kMaxEventTargetListeners] &&
        !this[kMaxEventTargetListenersWarned]) {
      warnOfLeak(this, type, size);
    }
  }

  [kRemoveListener](size, type, listener, capture) {}

  addEventListener(type, listener, options = undefined) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');

    const wanted = readOptions(options);
    if (!isCallable(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    type = `${type}`;

    const { signal } = wanted;
    if (signal?.aborted) return;

    const lists = this[kListeners];
    let list = lists.get(type);
    if (list === undefined) {
      lists.set(type, list = []);
    } else {
      for (let i = 0; i < list.length; i++) {
        if (list[i].matches(listener, wanted.capture)) return;
      }
      // Weakly held listeners leave gaps when they are collected.
      if (list.some((entry) => entry.isWeak && entry.callback === undefined)) {
        lists.set(type, list = list.filter((entry) => entry.callback !== undefined));
      }
    }

    const entry = new Listener(listener, wanted);
    list.push(entry);
    if (signal !== undefined) {
      const onAbort = () => this.removeEventListener(type, listener, wanted.capture);
      entry.detach = () => signal.removeEventListener('abort', onAbort);
      signal.addEventListener('abort', onAbort, {
        __proto__: null,
        once: true,
        [kResistStopPropagation]: true,
      });
    }
    this[kNewListener](list.length, type, listener, wanted.once, wanted.capture, wanted.passive, entry.isWeak);
  }

  removeEventListener(type, listener, options = undefined) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    if (!isCallable(listener)) return;

    type = `${type}`;
    const list = this[kListeners].get(type);
    if (list === undefined) return;
    const capture = isCapture(options);
    for (let i = 0; i < list.length; i++) {
      if (list[i].matches(listener, capture)) {
        removeAt(this, type, list, i);
        return;
      }
    }
  }

  dispatchEvent(event) {
    checkTarget(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!internals.isEvent(event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (internals.isBeingDispatched(event)) throw new ERR_EVENT_RECURSION(event.type);

    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  // Tells listeners of `type`: those added as to an EventTarget get `event`,
  // made from `nodeValue` when there is none, the others `nodeValue` itself.
  [kHybridDispatch](nodeValue, type, event) {
    const makeEvent = () => {
      if (event === undefined) {
        event = this[kCreateEvent](nodeValue, type);
        internals.begin(event, this);
      }
      return event;
    };
    if (event !== undefined) internals.begin(event, this);

    const list = this[kListeners].get(type);
    // Those added from here on do not hear this event.
    const count = list === undefined ? 0 : list.length;
    for (let i = 0; i < count; i++) {
      const entry = list[i];
      if (entry.removed) continue;
      if (!entry.resistsStop && event !== undefined && internals.isStopped(event)) continue;

      if (entry.once) {
        const current = this[kListeners].get(type);
        removeAt(this, type, current, current.indexOf(entry));
      }
      const argument = entry.isNodeStyle ? nodeValue : makeEvent();
      if (entry.passive && event !== undefined) internals.setInPassiveListener(event, true);
      call(this, entry, argument);
      if (entry.passive && event !== undefined) internals.setInPassiveListener(event, false);
    }
    if (event !== undefined) internals.end(event);
    return count > 0;
  }

  [kCreateEvent](nodeValue, type) {
    return new CustomEvent(type, { detail: nodeValue });
  }

  [kInspect](depth, options) {
    // Borrowed by an object that is no target: that is shown as it is.
    if (!isEventTarget(this)) return this;
    return inspectAs(this, {}, depth, options);
  }
}

exposeAsInterface(EventTarget);

module.exports = {
  EventTarget,
  checkTarget,
  initEventTarget,
  isEventTarget,
  isNodeEventTarget,
  kCreateEvent,
  kHybridDispatch,
  kIsNodeStyleListener,
  kNewListener,
  kRemoveListener,
  kWeakHandler,
};
