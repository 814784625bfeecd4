'use strict';
// A module that is still running shows what it has exported so far, and warns about the rest.
process.on('warning', (warning) => console.log(warning.message));
console.log(require('./a'));
