'use strict';
// 'unhandledRejection' when the ticks are done, 'rejectionHandled' when a handler comes after all.
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason, promise === late);
  setImmediate(() => late.catch((err) => console.log('caught', err)));
});
process.on('rejectionHandled', (promise) => console.log('handled', promise === late));

const late = Promise.reject('too late');
const intime = Promise.reject('in time');
process.nextTick(() => intime.catch((err) => console.log('caught', err)));
