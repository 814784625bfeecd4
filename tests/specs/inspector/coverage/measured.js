'use strict';
function called(times) {
  if (times > 100) {
    console.log('never');
  }
}
function notCalled() {}
called(1);
called(2);
process.exit(0);
