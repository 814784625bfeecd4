'use strict';
// util.aborted: a promise for a signal's abort that does not keep the thing it is for alive.

const { validateObject, kValidateObjectAllowObjects } = require('internal/validators');
const { makeClass } = require('internal/errors');

const NoSignal = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'signal is not of type AbortSignal.');

let forgotten;

// Made on first use: a registry cannot be part of a start-up snapshot.
function registry() {
  forgotten ??= new FinalizationRegistry(({ signal, listener }) => {
    signal.deref()?.removeEventListener('abort', listener);
  });
  return forgotten;
}

// A function apart, whose scope does not have the resource.
function makeListener(target, resolve) {
  return () => {
    if (target.deref() !== undefined) resolve();
  };
}

// Fulfilled when `signal` aborts, unless `resource` is garbage by then.
async function aborted(signal, resource) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) throw new NoSignal();
  validateObject(resource, 'resource', kValidateObjectAllowObjects);
  if (signal.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers();
  const listener = makeListener(new WeakRef(resource), resolve);
  signal.addEventListener('abort', listener, { once: true });
  registry().register(resource, { signal: new WeakRef(signal), listener });
  return promise;
}

module.exports = { aborted };
