'use strict';
// The public face of path: the POSIX half with links to both halves. What the
// functions do is in internal/path/posix and internal/path/win32.

const posix = require('internal/path/posix');
const win32 = require('internal/path/win32');

for (const half of [posix, win32]) {
  half.posix = posix;
  half.win32 = win32;
  // Only a documented alias on Windows; programs call it all the same.
  half._makeLong = half.toNamespacedPath;
}

module.exports = posix;
