'use strict';
// Nobody listens: 'exit' hears of code 1, then the error is printed.
process.on('exit', (code) => console.log('exit', code));
function fail() {
  throw new TypeError('nobody caught me');
}
fail();
