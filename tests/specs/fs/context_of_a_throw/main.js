'use strict';
// What a callback throws is reported in the context that the callback had.
const { AsyncLocalStorage } = require('async_hooks');
const fs = require('fs');

const storage = new AsyncLocalStorage();
process.on('uncaughtException', (err) => console.log(err.message, storage.getStore()));
storage.run('mine', () => {
  fs.stat(__filename, () => {
    throw new Error('thrown');
  });
});
fs.stat(__filename, () => setTimeout(() => console.log('afterwards', storage.getStore()), 10));
