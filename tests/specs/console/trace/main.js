'use strict';
// console.trace: the message and the calls that led here, without its own.
const { Console } = require('console');

const lines = [];
const own = new Console({ stdout: process.stdout, stderr: { write: (text) => lines.push(...text.split('\n')) }, ignoreErrors: false });
function caller() {
  own.trace('reached %s', 'here');
}
caller();
console.log(lines[0], /^ {4}at caller .*main\.js:8:7\)$/.test(lines[1]));
