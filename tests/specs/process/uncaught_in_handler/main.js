'use strict';
// An 'uncaughtException' listener that throws ends the program with code 7.
process.on('exit', () => console.log('not reached'));
process.on('uncaughtException', () => {
  throw new Error('in the handler');
});
throw new Error('first');
