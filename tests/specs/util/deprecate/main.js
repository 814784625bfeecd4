'use strict';
// A deprecated function warns once, and once for all functions of a code.
const { deprecate } = require('util');

process.on('warning', (warning) => console.log(warning.name, warning.code, warning.message));
const old = deprecate((a, b) => a + b, 'old() is old', 'DEP_TEST');
const older = deprecate(() => 'older', 'older() is older', 'DEP_TEST');
console.log(old(1, 2), old(1, 2), older(), old.length);
class Legacy {
  constructor() {
    this.made = new.target === Legacy;
  }
}
const Old = deprecate(Legacy, 'Legacy is legacy');
console.log(new Old() instanceof Legacy, Old.prototype === Legacy.prototype);
