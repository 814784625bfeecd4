'use strict';
// Exceptions, expected and unexpected ones.
const assert = require('assert');

const check = (call) => {
  try {
    call();
    console.log('passes');
  } catch (err) {
    console.log(`${err.name} ${err.code ?? ''}: ${err.message}`);
  }
};
const fail = () => { throw Object.assign(new TypeError('wrong value'), { code: 'E_WRONG' }); };
check(() => assert.throws(fail, TypeError));
check(() => assert.throws(fail, /wrong/));
check(() => assert.throws(fail, { name: 'TypeError', message: /value$/, code: 'E_WRONG' }));
check(() => assert.throws(fail, (err) => err.code === 'E_WRONG'));
check(() => assert.throws(fail, RangeError));
check(() => assert.throws(fail, { code: 'E_OTHER' }));
check(() => assert.throws(fail, () => 'yes'));
check(() => assert.throws(() => {}, TypeError, 'nothing came'));
check(() => assert.throws(fail, 'wrong value'));
check(() => assert.throws(fail, {}));
check(() => assert.doesNotThrow(fail, 'hm'));
check(() => assert.ifError(new Error('from below')));
check(() => assert.match('abc', /x/));
check(() => assert.doesNotMatch('abc', /b/));
