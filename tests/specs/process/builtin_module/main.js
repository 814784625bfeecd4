'use strict';
// getBuiltinModule finds public built-ins only.
console.log(process.getBuiltinModule('events') === require('events'));
console.log(process.getBuiltinModule('node:timers') === require('timers'));
console.log(process.getBuiltinModule('internal/errors'), process.getBuiltinModule('nothing'));
