'use strict';

// Signals as events of process: the first listener of 'SIGTERM' starts watching
// that signal, the removal of the last one gives it back its default.

const { ErrnoException } = require('internal/errors');
const { process } = require('internal/process/object');
const { signalNumber } = require('internal/process/signal_numbers');
const { trackResource } = require('internal/async_hooks');

// What async hooks know a watched signal by.
class Signal {
  constructor() {
    trackResource(this, 'SIGNALWRAP');
  }
}

// The names of watched signals, with the ids of their watches.
const watchers = new Map();

function onListenerAdded(type) {
  if (typeof type !== 'string' || watchers.has(type)) return;
  const number = signalNumber(type);
  if (number === undefined) return;

  const resource = new Signal();
  const id = ops.op_os_signal_start(number, resource, () => process.emit(type, type, number));
  if (id < 0) throw new ErrnoException(id, 'uv_signal_start');
  watchers.set(type, id);
}

function onListenerRemoved(type) {
  const id = watchers.get(type);
  if (id === undefined || process.listenerCount(type) > 0) return;
  watchers.delete(type);
  ops.op_os_signal_stop(id);
}

process.on('newListener', onListenerAdded);
process.on('removeListener', onListenerRemoved);

module.exports = {};
