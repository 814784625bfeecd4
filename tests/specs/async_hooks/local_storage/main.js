'use strict';
// A store follows everything that is started inside run(), and nothing else.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');

const storage = new AsyncLocalStorage({ defaultValue: 'nothing', name: 'request' });
console.log(storage.name, storage.getStore());
function show(where) {
  console.log(where, storage.getStore());
}
storage.run('inner', async () => {
  process.nextTick(show, 'tick');
  setImmediate(() => {
    show('immediate');
    setTimeout(show, 1, 'timeout');
  });
  queueMicrotask(() => show('microtask'));
  await null;
  show('await');
  storage.exit(() => show('exit'));
  storage.run('nested', show, 'nested');
  show('after nested');
});
show('outside');

const { bound, snapshot, resource } = storage.run('captured', () => ({
  bound: AsyncLocalStorage.bind(() => show('bound')),
  snapshot: AsyncLocalStorage.snapshot(),
  resource: new AsyncResource('Job'),
}));
bound();
snapshot(show, 'snapshot');
resource.runInAsyncScope(show, null, 'resource');
