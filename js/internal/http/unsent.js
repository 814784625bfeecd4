'use strict';
// What becomes of the callbacks of write() and end() when the connection goes before the bytes do.

const { ErrnoException } = require('internal/errors');

const UV_ECANCELED = -125;

// Those of write() that wait for the sink, or null; the one of end().
const kCallbacks = Symbol('kCallbacks');
const kEndCallback = Symbol('kEndCallback');

function failUnsent(message) {
  const callbacks = message[kCallbacks] ?? [];
  message[kCallbacks] = null;
  for (const { callback } of message.outputData ?? []) if (callback !== undefined) callbacks.push(callback);
  const last = message[kEndCallback];
  if (last !== undefined) {
    message[kEndCallback] = undefined;
    if (message.listenerCount('finish', last) > 0) {
      message.removeListener('finish', last);
      callbacks.push(last);
    }
  }
  if (callbacks.length === 0) return;
  const err = new ErrnoException(UV_ECANCELED, 'write');
  for (const callback of callbacks) callback(err);
}

module.exports = { failUnsent, kCallbacks, kEndCallback };
