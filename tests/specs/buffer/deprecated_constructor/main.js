'use strict';
// Buffer() and new Buffer() still work, and warn once.
process.on('warning', ({ name, code }) => console.log(name, code));
console.log(new Buffer('abc'), Buffer(3), new Buffer([1, 2]), Buffer('ff', 'hex'));
try {
  new Buffer(5, 'utf8');
} catch (error) {
  console.log(error.code, error.message);
}
