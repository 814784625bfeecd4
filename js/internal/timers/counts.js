'use strict';

// What the event loop has to know about timers and immediates after each turn,
// in memory that it reads without a call: three numbers in `counts`.

module.exports = {
  // An Int32Array from the start of the process on.
  counts: null,

  // Timers that keep the loop alive; immediates that are queued; those of them that keep the loop alive.
  kRefedTimers: 0,
  kImmediates: 1,
  kRefedImmediates: 2,
};
