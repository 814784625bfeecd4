'use strict';

// Stream: the class that all streams inherit from and, on its own, the oldest kind of stream,
// which knows how to pipe() and nothing more.

const EventEmitter = require('events');

// The emitter at hand may have none of its own.
const { listenerCount } = EventEmitter.prototype;

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function pipe(dest, options) {
  const source = this;
  let ended = false;

  function onData(chunk) {
    if (dest.writable && dest.write(chunk) === false) source.pause?.();
  }

  function onDrain() {
    if (source.readable && source.resume) source.resume();
  }

  function onEnd() {
    if (ended) return;
    ended = true;
    dest.end();
  }

  function onClose() {
    if (ended) return;
    ended = true;
    if (typeof dest.destroy === 'function') dest.destroy();
  }

  // An error nobody else listens to is not to be lost.
  function onError(err) {
    cleanUp();
    if (Reflect.apply(listenerCount, this, ['error']) === 0) this.emit('error', err);
  }

  function cleanUp() {
    source.removeListener('data', onData);
    dest.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    dest.removeListener('error', onError);
    source.removeListener('end', cleanUp);
    source.removeListener('close', cleanUp);
    dest.removeListener('close', cleanUp);
  }

  source.on('data', onData);
  dest.on('drain', onDrain);
  if (!dest._isStdio && options?.end !== false) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  prependListener(source, 'error', onError);
  prependListener(dest, 'error', onError);
  source.on('end', cleanUp);
  source.on('close', cleanUp);
  dest.on('close', cleanUp);
  dest.emit('pipe', source);
  return dest;
};

// Emitters of other makes may have no prependListener().
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') {
    emitter.prependListener(event, listener);
    return;
  }
  const existing = emitter._events?.[event];
  if (!existing) emitter.on(event, listener);
  else if (Array.isArray(existing)) existing.unshift(listener);
  else emitter._events[event] = [listener, existing];
}

module.exports = { Stream, prependListener };
