'use strict';
// An interval runs until it is cleared, from inside or by either function; an exception does not end it.
let count = 0;
process.on('uncaughtException', (err) => console.log('uncaught', err.message));
const interval = setInterval(() => {
  count++;
  console.log('run', count);
  if (count === 2) throw new Error('in the second');
  if (count === 3) clearTimeout(interval);
}, 1);
