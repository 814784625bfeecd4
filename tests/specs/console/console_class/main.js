'use strict';
// A Console writes to any two streams, with options of its own, and can be extended.
const { Console } = require('console');

const written = [];
const stream = (name) => ({ write: (text) => written.push([name, text]), on() {}, removeListener() {} });
const own = new Console({ stdout: stream('out'), stderr: stream('err'), inspectOptions: { compact: false }, ignoreErrors: false });
own.log({ a: 1 });
own.error('oops');
class Loud extends Console {
  log(...args) {
    super.log('LOUD', ...args);
  }
}
const { log } = new Loud(stream('loud'));
log('detached');
Console(stream('function')).warn('no new');
console.log(written);
console.log(console instanceof Console, own instanceof Console, {} instanceof Console, String(own));
try {
  new Console({});
} catch (error) {
  console.log(error.code, error.message);
}
