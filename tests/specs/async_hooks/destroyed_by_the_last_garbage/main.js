'use strict';
// Resources that the last turn of the loop lets go of are told of before the process ends.
const { AsyncResource, createHook } = require('async_hooks');
const v8 = require('v8');
const vm = require('vm');

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');
const ours = new Set();
let destroyed = 0;
createHook({
  init(id, type) { if (type === 'OURS') ours.add(id); },
  destroy(id) { if (ours.has(id)) destroyed++; },
}).enable();
(function make() {
  for (let i = 0; i < 10; i++) new AsyncResource('OURS');
})();
process.on('exit', () => console.log(destroyed));
setImmediate(gc);
