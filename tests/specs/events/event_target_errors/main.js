'use strict';
// A listener that throws, or whose promise is rejected, stops nobody: the error is an uncaught exception afterwards.
process.on('uncaughtException', (err, origin) => console.log(origin, err.message));
const target = new EventTarget();
target.addEventListener('go', () => {
  throw new Error('thrown');
});
target.addEventListener('go', async () => {
  throw new Error('rejected');
});
target.addEventListener('go', () => console.log('last listener'));
console.log(target.dispatchEvent(new Event('go')));
