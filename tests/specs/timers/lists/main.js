// Which timers and immediates run, and in which order, when they clear, restart and queue one another.
const log = (text) => console.log(text);

// Of one duration: as started. Cleared by one that goes before: not at all.
const second = setTimeout(log, 200, 'cleared');
setTimeout(() => {
  log('first of 200 ms');
  clearTimeout(third);
  process.nextTick(log, 'a tick between two timers');
}, 200);
const third = setTimeout(log, 200, 'cleared too');
setTimeout(log, 200, 'last of 200 ms');
clearTimeout(second);

// Of other durations: when they are due.
setTimeout(log, 280, '280 ms');
setTimeout(log, 240, '240 ms');

// An interval goes on after its callback has taken its time, and can end itself.
let count = 0;
const interval = setInterval(() => {
  log(`interval ${++count}`);
  if (count === 2) clearInterval(interval);
}, 320);

// One that has fired can be restarted.
let fired = 0;
const again = setTimeout(() => {
  log(`again ${++fired}`);
  if (fired === 1) again.refresh();
}, 400);

// Nobody waits for these.
setTimeout(log, 10000, 'unreferenced').unref();
setInterval(log, 10000, 'unreferenced').unref();

setImmediate(() => {
  log('immediate 1');
  clearImmediate(two);
  setImmediate(log, 'immediate of the next turn');
  process.nextTick(() => {
    log('a tick between two immediates');
    clearImmediate(three);
  });
});
const two = setImmediate(log, 'cleared');
const three = setImmediate(log, 'cleared by a tick');
setImmediate(log, 'immediate 4').unref();
