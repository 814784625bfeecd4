'use strict';
// Errors of the runtime's own: class, code, text, and the first line of the stack.
const util = require('util');

function show(fn) {
  try {
    fn();
  } catch (error) {
    console.log(error.name, error.code, Object.getPrototypeOf(error).constructor.name);
    console.log(' ', error.message);
    console.log(' ', error.stack.split('\n')[0]);
    console.log(' ', String(error), Object.keys(error));
  }
}

show(() => util.promisify(7));
show(() => util.inherits(null, Map));
show(() => util.getSystemErrorName(1));
show(() => util.parseArgs({ options: { long: { type: 'boolean', short: 'lo' } } }));
show(() => new console.Console({ stdout: process.stdout, groupIndentation: 1001 }));
show(() => new util.MIMEType('no type'));
