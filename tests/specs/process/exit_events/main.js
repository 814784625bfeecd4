'use strict';
// 'beforeExit' comes whenever the loop is empty, 'exit' once; the code is what was set last.
let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code);
  if (++rounds < 3) setImmediate(() => console.log('more work'));
});
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 4;
  setTimeout(() => console.log('not reached'), 0);
  process.nextTick(() => console.log('not reached'));
});
process.exitCode = 3;
