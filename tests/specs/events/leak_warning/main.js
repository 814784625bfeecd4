'use strict';
// The eleventh listener of one event is worth a warning, once.
const EventEmitter = require('events');

process.removeAllListeners('warning');
process.on('warning', (warning) => {
  console.log(warning.name, warning.type, warning.count, warning.emitter === emitter);
  console.log(warning.message);
});
const emitter = new EventEmitter();
for (let i = 0; i < 13; i++) emitter.on('data', () => {});
const roomy = new EventEmitter().setMaxListeners(20);
for (let i = 0; i < 13; i++) roomy.on('data', () => {});
console.log(roomy.getMaxListeners(), EventEmitter.defaultMaxListeners);
