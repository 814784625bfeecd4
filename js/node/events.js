'use strict';

// The public 'events' module: the EventEmitter class with its static functions.
// Each of them lives in internal/events/.

const {
  EventEmitter,
  getDefaultMaxListeners,
  setCaptureRejections,
  setDefaultMaxListeners,
} = require('internal/events/emitter');
const { addAbortListener } = require('internal/events/abort_listener');
const {
  getEventListeners,
  getMaxListeners,
  listenerCount,
  setMaxListeners,
} = require('internal/events/either');
const { on } = require('internal/events/on');
const { once } = require('internal/events/once');
const { kCapture, kErrorMonitor, kRejection } = require('internal/events/symbols');

module.exports = EventEmitter;

EventEmitter.addAbortListener = addAbortListener;
EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.getMaxListeners = getMaxListeners;
EventEmitter.listenerCount = listenerCount;
EventEmitter.setMaxListeners = setMaxListeners;
// Code written for very old releases says require('events').EventEmitter.
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;
EventEmitter.errorMonitor = kErrorMonitor;

Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null,
    get() {
      return EventEmitter.prototype[kCapture];
    },
    set: setCaptureRejections,
    configurable: true,
    enumerable: true,
  },
  defaultMaxListeners: {
    __proto__: null,
    get: getDefaultMaxListeners,
    set: setDefaultMaxListeners,
    configurable: false,
    enumerable: true,
  },
  EventEmitterAsyncResource: {
    __proto__: null,
    get() {
      return require('internal/events/async_resource').EventEmitterAsyncResource;
    },
    set: undefined,
    configurable: true,
    enumerable: true,
  },
});
