'use strict';
// assert(value) quotes the caller's source.
const assert = require('assert');

const check = (call) => {
  try {
    call();
  } catch (err) {
    console.log(err.message);
  }
};
const value = 0;
check(() => assert(value === 1));
check(() => assert.ok(typeof value === 'string', undefined));
check(() => { if (true) assert.strict.ok([')'].includes(`${value}`)); });
check(() => assert());
check(() => assert(value, 'a message'));
check(() => assert(value, new TypeError('an error')));
check(() => assert(value, '%s is %d', 'value', value));
