'use strict';
// exit() runs the 'exit' listeners and nothing else.
process.on('beforeExit', () => console.log('not reached'));
process.on('exit', (code) => {
  console.log('exit', code);
  process.exit();
});
process.nextTick(() => console.log('not reached'));
process.exit(5);
