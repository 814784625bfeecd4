'use strict';
// Handlers of failures run in the store of what failed.
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const lines = [];
process.on('uncaughtException', (err) => lines.push(`${storage.getStore()} ${err.message}`));
process.on('unhandledRejection', (reason) => lines.push(`${storage.getStore()} ${reason}`));
process.on('exit', () => console.log(lines.sort().join('\n')));
storage.run(1, () => setTimeout(() => {
  throw new Error('timeout');
}, 1));
storage.run(2, () => process.nextTick(() => {
  throw new Error('tick');
}));
storage.run(3, () => setImmediate(() => {
  throw new Error('immediate');
}));
storage.run(4, () => {
  Promise.reject('rejection');
});
