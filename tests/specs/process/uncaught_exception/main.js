'use strict';
// 'uncaughtException' listeners keep the program running; the monitor only looks on; the capture callback comes first.
process.on('uncaughtExceptionMonitor', (err, origin) => console.log('monitor', err.message, origin));
process.on('uncaughtException', (err, origin) => console.log('listener', err.message, origin));
process.nextTick(() => {
  throw new Error('tick');
});
process.nextTick(() => console.log('next tick'));
setImmediate(() => {
  setTimeout(() => {
    Promise.reject(new Error('rejection'));
    setTimeout(() => {
      console.log(process.hasUncaughtExceptionCaptureCallback());
      process.setUncaughtExceptionCaptureCallback((err) => console.log('captured', err.message));
      throw new Error('last');
    }, 1);
    throw new Error('timeout');
  }, 1);
  throw new Error('immediate');
});
throw new Error('main');
