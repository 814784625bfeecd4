'use strict';
// With captureRejections an async listener's rejection becomes 'error', or goes to the emitter's own handler.
const EventEmitter = require('events');

const emitter = new EventEmitter({ captureRejections: true });
emitter.on('error', (err) => console.log('error:', err.message));
emitter.on('work', async (what) => {
  throw new Error(`${what} failed`);
});
emitter.emit('work', 'reading');

const own = new EventEmitter({ captureRejections: true });
own[Symbol.for('nodejs.rejection')] = (err, event, ...args) => console.log('own:', err.message, event, args);
own.on('work', async () => {
  throw new Error('writing failed');
});
own.emit('work', 1, 2);
console.log('emitted');
