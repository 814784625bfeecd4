'use strict';
// 'error' without a listener throws: the error itself, or one that holds what was emitted. A monitor hears it first.
const EventEmitter = require('events');

const emitter = new EventEmitter();
emitter.on(EventEmitter.errorMonitor, (err) => console.log('monitor:', err?.message ?? err));
try {
  emitter.emit('error', new RangeError('too far'));
} catch (err) {
  console.log(err.name, err.message);
}
try {
  emitter.emit('error', { reason: 42 });
} catch (err) {
  console.log(err.code, err.message, err.context);
}
