'use strict';
// The stack of a callback ends where the event loop called it, under the names that Node has for those places.
function show(what) {
  console.log(what, /at (\S+) \(node:\S+\)$/.exec(new Error(what).stack)[1]);
}
process.nextTick(show, 'tick');
Promise.resolve().then(() => {
  process.nextTick(() => {
    setImmediate(() => {
      show('immediate');
      setTimeout(show, 1, 'timer');
    });
  });
});
