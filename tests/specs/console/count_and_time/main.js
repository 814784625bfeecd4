'use strict';
// Counters and clocks by label, and the warnings for labels that are not there.
process.on('warning', (warning) => console.log(warning.message));
console.count();
console.count('x');
console.count();
console.countReset();
console.count();
console.countReset('missing');
console.time('clock');
console.time('clock');
console.timeLog('clock', { extra: 1 });
console.timeEnd('clock');
console.timeEnd('clock');
