'use strict';
// A tracing channel reports start, end, result or error of an operation, and runs it in bound stores.
const { AsyncLocalStorage } = require('async_hooks');
const { tracingChannel } = require('diagnostics_channel');

const tracing = tracingChannel('query');
const storage = new AsyncLocalStorage();
tracing.start.bindStore(storage, ({ sql }) => `store of ${sql}`);
const handlers = {};
for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
  handlers[event] = ({ sql, result, error }) => console.log(event, sql, result, error?.message);
}
tracing.subscribe(handlers);

console.log(tracing.traceSync((a, b) => [a + b, storage.getStore()].join(), { sql: 'sync' }, null, 1, 2));
try {
  tracing.traceSync(() => {
    throw new Error('no table');
  }, { sql: 'failing' });
} catch (err) {
  console.log('caught', err.message);
}
tracing.tracePromise(async () => 'rows', { sql: 'promise' }).then((rows) => {
  console.log('got', rows);
  tracing.traceCallback((callback) => setImmediate(callback, null, 'row'), -1, { sql: 'callback' }, null, (err, row) => {
    console.log('got', row);
    console.log(tracing.unsubscribe(handlers), tracing.start.hasSubscribers);
  });
});
