'use strict';
// events.once() and events.on(): an event as a promise, events as an async iterator, both ended by a signal.
const { EventEmitter, once, on } = require('events');

(async () => {
  const emitter = new EventEmitter();
  setImmediate(() => emitter.emit('ready', 'a', 'b'));
  console.log(await once(emitter, 'ready'));

  setImmediate(() => emitter.emit('error', new Error('broken')));
  await once(emitter, 'ready').catch((err) => console.log(err.message));

  const controller = new AbortController();
  setImmediate(() => controller.abort('enough'));
  await once(emitter, 'ready', { signal: controller.signal }).catch((err) => console.log(err.name, err.cause));
  console.log(emitter.eventNames());

  setImmediate(() => {
    emitter.emit('data', 1);
    emitter.emit('data', 2);
    emitter.emit('end');
  });
  for await (const [value] of on(emitter, 'data', { close: ['end'] })) console.log(value);
  console.log(emitter.eventNames());
})();
