'use strict';
// An exit code is an integer or a string of one.
for (const code of ['', 'two', 2.5, true, {}, Infinity]) {
  try {
    process.exitCode = code;
  } catch (err) {
    console.log(err.code, err.message);
  }
}
process.exitCode = null;
console.log(process.exitCode);
process.exitCode = '7';
console.log(process.exitCode);
