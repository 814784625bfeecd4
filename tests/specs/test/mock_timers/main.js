'use strict';
// Mocked timers and the mocked Date go on when the test says so.
const { mock } = require('node:test');
const { promisify } = require('util');

mock.timers.enable({ now: 1000 });
setTimeout(() => console.log('timeout', Date.now()), 500);
const interval = setInterval(() => console.log('interval', Date.now()), 200);
promisify(setTimeout)(300, 'value').then((value) => console.log('promise', value));
setImmediate(() => console.log('immediate', new Date().toISOString()));
console.log('nothing yet');
mock.timers.tick(0);
mock.timers.tick(200);
mock.timers.tick(300);
clearInterval(interval);
mock.timers.tick(1000);
console.log(Date.now());
mock.timers.reset();
console.log(Date.now() > 1e12);
try {
  mock.timers.tick(1);
} catch ({ code }) {
  console.log(code);
}
