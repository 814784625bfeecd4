'use strict';

// events.once(): one event of an emitter or target as a promise.

const { AbortError } = require('internal/errors');
const { validateAbortSignal, validateObject } = require('internal/validators');
const { addListenerToEither, removeListenerFromEither } = require('internal/events/either');
const { kResistStopPropagation } = require('internal/events/symbols');

const onceFlags = { __proto__: null, once: true, [kResistStopPropagation]: true };

async function once(emitter, name, options = { __proto__: null }) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) {
    throw new AbortError(undefined, { cause: signal.reason });
  }

  return new Promise((resolve, reject) => {
    function stopListeningForAbort() {
      if (signal != null) removeListenerFromEither(signal, 'abort', onAbort);
    }
    function onError(err) {
      removeListenerFromEither(emitter, name, onEvent);
      stopListeningForAbort();
      reject(err);
    }
    function onEvent(...args) {
      if (typeof emitter.removeListener === 'function') {
        emitter.removeListener('error', onError);
      }
      stopListeningForAbort();
      resolve(args);
    }
    function onAbort() {
      removeListenerFromEither(emitter, name, onEvent);
      if (typeof emitter.removeListener === 'function') {
        emitter.removeListener('error', onError);
      }
      reject(new AbortError(undefined, { cause: signal?.reason }));
    }

    addListenerToEither(emitter, name, onEvent, onceFlags);
    // An EventTarget has no meaning for 'error'; an emitter does.
    if (name !== 'error' && typeof emitter.once === 'function') {
      emitter.once('error', onError);
    }
    if (signal != null) {
      addListenerToEither(signal, 'abort', onAbort, onceFlags);
    }
  });
}

module.exports = { once };
