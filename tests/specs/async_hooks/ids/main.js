'use strict';
// Every resource has an id and the id of what triggered it; executionAsyncId() is the one whose callback runs.
const { AsyncResource, createHook, executionAsyncId, triggerAsyncId } = require('async_hooks');

const lines = [];
const names = new Map([[1, 'main']]);
createHook({
  init(id, type, trigger) {
    names.set(id, type);
    lines.push(`init ${type} by ${names.get(trigger)}`);
  },
  before: (id) => lines.push(`before ${names.get(id)}`),
  after: (id) => lines.push(`after ${names.get(id)}`),
  destroy: (id) => lines.push(`destroy ${names.get(id)}`),
}).enable();

console.log(executionAsyncId(), triggerAsyncId());
setTimeout(() => {
  lines.push(`in ${names.get(executionAsyncId())} by ${names.get(triggerAsyncId())}`);
  process.nextTick(() => lines.push(`in ${names.get(executionAsyncId())} by ${names.get(triggerAsyncId())}`));
}, 1);
const job = new AsyncResource('Job');
job.runInAsyncScope(() => setImmediate(() => lines.push('in Immediate')));
job.emitDestroy();
process.on('exit', () => console.log(lines.filter((line) => !line.includes('undefined')).sort().join('\n')));
