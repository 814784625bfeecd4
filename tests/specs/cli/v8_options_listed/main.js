'use strict';
// --v8-options lists V8's options and does not wait for a program.
const { execFile } = require('child_process');

execFile(process.execPath, ['--v8-options'], (err, stdout) => {
  console.log(err, /^Options:$/m.test(stdout), /^ {2}--stack-size \(/m.test(stdout));
});
