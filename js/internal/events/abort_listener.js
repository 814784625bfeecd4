'use strict';

// addAbortListener: listening to an AbortSignal in a way that another
// listener's stopImmediatePropagation() cannot cut off.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { kResistStopPropagation } = require('internal/events/symbols');

function addAbortListener(signal, listener) {
  if (signal === undefined) {
    throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');

  let listening = false;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    listening = true;
    signal.addEventListener('abort', listener, {
      __proto__: null,
      once: true,
      [kResistStopPropagation]: true,
    });
  }
  return {
    __proto__: null,
    [Symbol.dispose]() {
      if (!listening) return;
      listening = false;
      signal.removeEventListener('abort', listener);
    },
  };
}

module.exports = { addAbortListener };
