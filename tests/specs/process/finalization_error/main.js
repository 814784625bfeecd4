'use strict';
// What the callback of a FinalizationRegistry throws is an uncaught exception.
require('v8').setFlagsFromString('--expose-gc');
const gc = require('vm').runInNewContext('gc');

const registry = new FinalizationRegistry((name) => {
  throw new Error(`${name} is gone`);
});
(() => registry.register({}, 'it'))();

const timer = setInterval(gc, 1);
process.on('uncaughtException', (err, origin) => {
  console.log(err.message, origin);
  clearInterval(timer);
});
