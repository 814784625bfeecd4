'use strict';
// What this process has of descriptors and of memory that is no file's (KiB), after a collection where --expose-gc allows one. A file's pages, the program's
// own for one, count as private and dirty for as long as the system has not written them out.

const fs = require('fs');

module.exports = function usage() {
  if (typeof gc === 'function') {
    gc();
    gc();
  }
  const memory = fs.readFileSync('/proc/self/smaps_rollup', 'latin1');
  return {
    descriptors: fs.readdirSync('/proc/self/fd').length,
    memory: Number(/^Anonymous:\s+(\d+)/m.exec(memory)[1]),
  };
};
