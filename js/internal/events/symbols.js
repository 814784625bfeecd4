'use strict';

// The symbols that EventEmitter, EventTarget and the helpers over both share.
// They live apart so that neither side has to load the other to recognise it.

module.exports = {
  // EventEmitter
  kErrorMonitor: Symbol('events.errorMonitor'),
  kCapture: Symbol('kCapture'),
  kRejection: Symbol.for('nodejs.rejection'),
  kShapeMode: Symbol('shapeMode'),
  kFirstEventParam: Symbol.for('nodejs.kFirstEventParam'),
  kWatermarkData: Symbol.for('nodejs.watermarkData'),

  // A function on an error, called by the fatal exception printer, that returns the stack to print.
  kEnhanceStack: Symbol('kEnhanceStack'),

  // EventTarget
  kIsEventTarget: Symbol.for('nodejs.event_target'),
  kIsNodeEventTarget: Symbol('kIsNodeEventTarget'),
  kListeners: Symbol('kListeners'),
  kMaxEventTargetListeners: Symbol('events.maxEventTargetListeners'),
  kMaxEventTargetListenersWarned: Symbol('events.maxEventTargetListenersWarned'),
  kResistStopPropagation: Symbol('kResistStopPropagation'),
};
