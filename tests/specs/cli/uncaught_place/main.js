'use strict';
// An uncaught error is shown where it was thrown, with the source line.
const error = new TypeError('made elsewhere');
function fail() {
  throw error;
}
fail();
