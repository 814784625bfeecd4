'use strict';

// navigator.locks: names that one holder, or several that share, have at a time. A process has no other agents to share them with.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS },
  makeClass,
} = require('internal/errors');
const { DOMException } = require('internal/domexception');
const { validateAbortSignal, validateFunction } = require('internal/validators');

const kConstruct = Symbol('kConstruct');
const kName = Symbol('kName');
const kMode = Symbol('kMode');

const NotADictionary = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'Value cannot be converted to a dictionary');
const NotAMode = makeClass(TypeError, 'ERR_INVALID_ARG_VALUE', "mode '%s' is not a valid enum value of type LockMode.");
const NotASignal = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'signal is not an object.');

const refuse = (message) => {
  throw new DOMException(message, 'NotSupportedError');
};

class Lock {
  constructor(key, name, mode) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }

  get name() {
    return this[kName];
  }

  get mode() {
    return this[kMode];
  }
}

// By name: { held: [request], waiting: [request] }, while there is any.
const names = new Map();

function stateOf(name) {
  let state = names.get(name);
  if (state === undefined) names.set(name, state = { held: [], waiting: [] });
  return state;
}

function grantable({ held }, mode) {
  return held.length === 0 || (mode === 'shared' && held.every((other) => other.mode === 'shared'));
}

function without(list, request) {
  const at = list.indexOf(request);
  if (at !== -1) list.splice(at, 1);
  return at !== -1;
}

// Whoever waits and may have it now, in the order of asking.
function next(name) {
  const state = names.get(name);
  if (state === undefined) return;
  while (state.waiting.length > 0 && grantable(state, state.waiting[0].mode)) grant(state, state.waiting.shift());
  if (state.held.length === 0 && state.waiting.length === 0) names.delete(name);
}

function grant(state, request) {
  state.held.push(request);
  const { name, mode, callback, signal, onAbort } = request;
  signal?.removeEventListener('abort', onAbort);
  const release = () => {
    if (without(state.held, request)) next(name);
  };
  let result;
  try {
    result = callback(new Lock(kConstruct, name, mode));
  } catch (error) {
    request.reject(error);
    release();
    return;
  }
  Promise.resolve(result).then((value) => {
    request.resolve(value);
    release();
  }, (error) => {
    request.reject(error);
    release();
  });
}

function readOptions(options) {
  if (options === undefined || options === null) options = {};
  if (typeof options !== 'object' && typeof options !== 'function') throw new NotADictionary();
  const { ifAvailable, signal, steal } = options;
  const mode = options.mode === undefined ? 'exclusive' : `${options.mode}`;
  if (mode !== 'exclusive' && mode !== 'shared') throw new NotAMode(mode);
  if (signal !== undefined) {
    if (signal === null || (typeof signal !== 'object' && typeof signal !== 'function')) throw new NotASignal();
    validateAbortSignal(signal, 'options.signal');
  }
  return { mode, ifAvailable: Boolean(ifAvailable), steal: Boolean(steal), signal };
}

function enqueue(name, { mode, ifAvailable, steal, signal }, callback) {
  const state = stateOf(name);
  const { promise, resolve, reject } = Promise.withResolvers();
  const request = { name, mode, callback, signal, onAbort: undefined, resolve, reject };
  if (steal) {
    for (const robbed of state.held.splice(0)) robbed.reject(new DOMException('The operation was aborted', 'AbortError'));
    grant(state, request);
  } else if (state.waiting.length === 0 && grantable(state, mode)) {
    grant(state, request);
  } else if (ifAvailable) {
    request.resolve(callback(null));
  } else {
    if (signal !== undefined) {
      request.onAbort = () => {
        if (!without(state.waiting, request)) return;
        reject(signal.reason);
        next(name);
      };
      signal.addEventListener('abort', request.onAbort, { once: true });
    }
    state.waiting.push(request);
  }
  return promise;
}

class LockManager {
  #isManager = true;

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#isManager in value)) throw new ERR_INVALID_THIS('LockManager');
  }

  async request(name, options, callback = undefined) {
    LockManager.#check(this);
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    name = `${name}`;
    validateFunction(callback, 'callback');
    const settings = readOptions(options);
    const { mode, ifAvailable, steal, signal } = settings;
    signal?.throwIfAborted();
    if (name[0] === '-') refuse('Lock name may not start with hyphen');
    if (ifAvailable && steal) refuse('ifAvailable and steal are mutually exclusive');
    if (mode === 'shared' && steal) refuse('mode: "shared" and steal are mutually exclusive');
    if (signal !== undefined && (steal || ifAvailable)) refuse('signal cannot be used with steal or ifAvailable');
    return await enqueue(name, settings, callback);
  }

  async query() {
    LockManager.#check(this);
    const clientId = `node-${process.pid}-0`;
    const list = (which) => [...names.values()].flatMap((state) => state[which].map(({ name, mode }) => ({ name, mode, clientId })));
    return { held: list('held'), pending: list('waiting') };
  }
}

for (const [Class, members] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of members) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
}
Object.defineProperty(LockManager.prototype.request, 'length', { __proto__: null, configurable: true, value: 2 });

module.exports = { Lock, LockManager, locks: new LockManager(kConstruct) };
