'use strict';
// Listeners run in the order they were added; those added or removed meanwhile change the next emit, not this one.
const EventEmitter = require('events');

const emitter = new EventEmitter();
function third() {
  console.log('third');
}
emitter.on('ping', function first(...args) {
  console.log('first', args, this === emitter);
  emitter.on('ping', third);
  emitter.removeListener('ping', second);
});
function second() {
  console.log('second');
}
emitter.on('ping', second);
emitter.prependListener('ping', () => console.log('before all'));

console.log(emitter.emit('ping', 1, 2));
emitter.removeListener('ping', third);
console.log(emitter.emit('ping'));
console.log(emitter.emit('pong'));
