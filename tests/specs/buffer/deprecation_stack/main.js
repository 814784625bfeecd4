'use strict';
// The warning of a deprecation knows where it comes from, printed or not.
const vm = require('vm');

process.on('warning', ({ code, stack }) => console.log(code, stack.includes('/program.js:1')));
vm.runInNewContext('new Buffer(1)', { Buffer }, { filename: '/a/node_modules/b/index.js' });
vm.runInNewContext('new Buffer(1)', { Buffer }, { filename: '/program.js' });
