// The tables of os.constants, which nobody can change.
'use strict';
const { constants } = require('os');
const { signals, errno, priority, dlopen } = constants;

console.log(signals.SIGTERM, signals.SIGKILL, errno.ENOENT, errno.EADDRINUSE, errno.EWOULDBLOCK === errno.EAGAIN);
console.log(Object.keys(signals).length, Object.keys(errno).length, Object.values(errno).every(Number.isInteger));
console.log(priority.PRIORITY_HIGHEST, priority.PRIORITY_LOW, dlopen.RTLD_LAZY);
for (const change of [() => { signals.SIGNEW = 1; }, () => { require('os').EOL = ''; }]) {
  try {
    change();
  } catch (err) {
    console.log(err.name);
  }
}
