'use strict';
// A delay that cannot be one becomes one millisecond, with a warning.
process.removeAllListeners('warning');
process.on('warning', (warning) => console.log(warning.name));
for (const delay of [2 ** 31, -1, -2, NaN, 'x', undefined, null, '2', 1.5]) {
  const timeout = setTimeout(() => {}, delay);
  console.log(delay, timeout._idleTimeout);
  clearTimeout(timeout);
}
