'use strict';
// A once listener hears one event, even when its event is emitted from inside it; listeners() shows it unwrapped.
const EventEmitter = require('events');

const emitter = new EventEmitter();
function listener(value) {
  console.log('heard', value);
  emitter.emit('tick', value + 1);
}
emitter.once('tick', listener);
console.log(emitter.listeners('tick')[0] === listener, emitter.rawListeners('tick')[0] === listener);
emitter.emit('tick', 1);
console.log(emitter.listenerCount('tick'), emitter.eventNames());
