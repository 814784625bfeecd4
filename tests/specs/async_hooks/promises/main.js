'use strict';
// While a hook is enabled, promises are resources too.
const { createHook, executionAsyncId, executionAsyncResource } = require('async_hooks');

const events = [];
const hook = createHook({
  init(id, type, trigger, resource) {
    if (type === 'PROMISE') events.push(`init ${resource instanceof Promise}`);
  },
  before: () => events.push('before'),
  after: () => events.push('after'),
  promiseResolve: () => events.push('resolve'),
}).enable();
const first = Promise.resolve();
const second = first.then(() => events.push(`run ${executionAsyncId() > 1} ${executionAsyncResource() === second}`));
second.then(() => {
  hook.disable();
  setImmediate(() => console.log(events.join('\n')));
});
