'use strict';
// Assert objects have options of their own.
const { Assert } = require('assert');

const check = (call) => {
  try {
    call();
    console.log('passes');
  } catch (err) {
    console.log(err.code, err.diff, err.message.length);
  }
};
const lax = new Assert({ strict: false, diff: 'full' });
const strict = new Assert({ skipPrototype: true });
class Box { constructor(v) { this.v = v; } }
check(() => lax.equal(1, '1'));
check(() => strict.equal(1, '1'));
check(() => strict.deepEqual(new Box(1), { v: 1 }));
check(() => lax.notStrictEqual('x\n'.repeat(99), 'x\n'.repeat(99)));
check(() => Assert());
