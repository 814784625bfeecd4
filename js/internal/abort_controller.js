'use strict';

// AbortController and AbortSignal, with AbortSignal.abort, timeout and any.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS },
  makeClass,
} = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const { DOMException } = require('internal/domexception');
const { kMaxEventTargetListeners } = require('internal/events/symbols');
const { exposeAsInterface } = require('internal/event_target/event');
const { inspectAs } = require('internal/event_target/inspect');
const {
  Event,
  EventTarget,
  defineEventHandler,
  kNewListener,
  kRemoveListener,
  kTrustEvent,
} = require('internal/event_target');
const { Timeout, clearTimeout } = require('internal/timers');

const NoSignal = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'signals[%d] is not of type AbortSignal.');
const NoSequence = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'signals cannot be converted to sequence.');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kMake = Symbol('kMake');
// Under symbols and not private: a signal behind a Proxy still answers.
const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kIsTimeout = Symbol('kIsTimeout');
const kIsComposite = Symbol('kIsComposite');
// Signals made by any() of this one, and what this one was made of; both weakly.
const kDependantSignals = Symbol('kDependantSignals');
const kSourceSignals = Symbol('kSourceSignals');

// Signals that abort by themselves or through others have to live as long as
// somebody listens, though nobody need hold them.
const listenedTo = new Set();

// For timers of signals that have gone, and for entries of dependants that have.
let collectedTimeouts;
let collectedDependants;

function timeoutRegistry() {
  collectedTimeouts ??= new FinalizationRegistry(clearTimeout);
  return collectedTimeouts;
}

function dependantRegistry() {
  collectedDependants ??= new FinalizationRegistry(({ sources, ref }) => {
    for (const source of sources) source.deref()?.[kDependantSignals]?.delete(ref);
  });
  return collectedDependants;
}

function defaultReason() {
  return new DOMException('This operation was aborted', 'AbortError');
}

const isSignal = (value) => value !== null && typeof value === 'object' && value[kAborted] !== undefined;
const isAborted = (signal) => signal[kAborted];

function checkSignal(value) {
  if (!isSignal(value)) throw new ERR_INVALID_THIS('AbortSignal');
  return value;
}

function mark(signal, reason) {
  signal[kAborted] = true;
  signal[kReason] = reason;
}

class AbortSignal extends EventTarget {
  constructor(key = undefined) {
    if (key !== kMake) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kAborted] = false;
    this[kReason] = undefined;
    this[kIsTimeout] = false;
    this[kIsComposite] = false;
    // A signal is handed to many; their number says nothing of a leak.
    this[kMaxEventTargetListeners] = 0;
  }

  get aborted() {
    return checkSignal(this)[kAborted];
  }

  get reason() {
    return checkSignal(this)[kReason];
  }

  throwIfAborted() {
    if (checkSignal(this)[kAborted]) throw this[kReason];
  }

  static abort(reason = defaultReason()) {
    const signal = new AbortSignal(kMake);
    mark(signal, reason);
    return signal;
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kMake);
    signal[kIsTimeout] = true;
    startTimeout(new WeakRef(signal), delay, signal);
    return signal;
  }

  static any(signals) {
    const sources = toSignals(signals);
    const result = new AbortSignal(kMake);
    const aborted = sources.find(isAborted);
    if (aborted !== undefined) {
      mark(result, aborted[kReason]);
      return result;
    }
    result[kIsComposite] = true;
    follow(result, sources);
    return result;
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    const lastsByItself = this[kIsTimeout] || this[kIsComposite] && this[kSourceSignals]?.size > 0;
    if (lastsByItself && type === 'abort' && !this[kAborted] && !weak && size === 1) {
      listenedTo.add(this);
    }
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if (type === 'abort' && size === 0) listenedTo.delete(this);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    return inspectAs(this, { aborted: this.aborted }, depth, options);
  }
}

// Apart, so that the timer's closure holds the reference and not the signal.
function startTimeout(ref, delay, signal) {
  const timeout = new Timeout(() => {
    const target = ref.deref();
    if (target !== undefined) {
      listenedTo.delete(target);
      abortSignal(target, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }
  }, delay, undefined, false, false);
  timeoutRegistry().register(signal, timeout);
}

// The elements of a sequence as the web defines one: any iterable object.
function toSignals(value) {
  if (value === null || typeof value !== 'object' && typeof value !== 'function' ||
      typeof value[Symbol.iterator] !== 'function') {
    throw new NoSequence();
  }
  const signals = [...value];
  for (let i = 0; i < signals.length; i++) {
    if (!isSignal(signals[i])) {
      throw new NoSignal(i);
    }
  }
  return signals;
}

// Makes `dependant` abort with the first of `sources`. Composite sources stand
// for what they follow, so that chains are never longer than one.
function follow(dependant, sources) {
  const ref = new WeakRef(dependant);
  const followed = new Set();
  const add = (source) => {
    for (const known of followed) {
      if (known.deref() === source) return;
    }
    followed.add(new WeakRef(source));
    (source[kDependantSignals] ??= new Set()).add(ref);
  };
  for (const source of sources) {
    if (source[kIsComposite]) {
      for (const inner of source[kSourceSignals]) {
        const signal = inner.deref();
        if (signal !== undefined) add(signal);
      }
    } else {
      add(source);
    }
  }
  dependant[kSourceSignals] = followed;
  dependantRegistry().register(dependant, { sources: followed, ref });
}

function abortSignal(signal, reason) {
  if (isAborted(signal)) return;
  mark(signal, reason);

  // All are aborted before any of their listeners runs.
  const dependants = [];
  for (const ref of signal[kDependantSignals] ?? []) {
    const dependant = ref.deref();
    if (dependant !== undefined && !isAborted(dependant)) {
      mark(dependant, reason);
      dependants.push(dependant);
    }
  }
  tellListeners(signal);
  for (const dependant of dependants) tellListeners(dependant);
}

function tellListeners(signal) {
  listenedTo.delete(signal);
  signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
}

exposeAsInterface(AbortSignal);
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = undefined;

  static #check(controller) {
    if (controller === null || typeof controller !== 'object' || !(#signal in controller)) {
      throw new ERR_INVALID_THIS('AbortController');
    }
    return controller;
  }

  get signal() {
    return AbortController.#check(this).#signal ??= new AbortSignal(kMake);
  }

  abort(reason = defaultReason()) {
    AbortController.#check(this);
    abortSignal(this.#signal ??= new AbortSignal(kMake), reason);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    return inspectAs(this, { signal: this.signal }, depth, options);
  }
}

exposeAsInterface(AbortController);

module.exports = {
  AbortController,
  AbortSignal,
  // For built-ins: whether a value is a signal, not only shaped like one.
  isAbortSignal: isSignal,
  abortSignal,
  makeSignal: () => new AbortSignal(kMake),
};
