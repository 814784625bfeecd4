'use strict';
// What differs, line by line.
const assert = require('assert');

const check = (call) => {
  try {
    call();
  } catch (err) {
    console.log(err.message);
    console.log('--');
  }
};
check(() => assert.strictEqual(1, 2));
check(() => assert.strictEqual('a longer text', 'a longer test'));
check(() => assert.strictEqual({ a: 1 }, { a: 1 }));
check(() => assert.deepStrictEqual({ a: [1, 2, { b: 3 }], c: 4 }, { a: [1, 2, { b: '3' }] }));
check(() => assert.deepStrictEqual([0, ...Array(20).fill(7), 1], [9, ...Array(20).fill(7), 2]));
check(() => assert.partialDeepStrictEqual({ a: 1, b: 2 }, { b: 3 }));
check(() => assert.deepEqual(new Map([[1, 2]]), new Map([[1, 3]])));
check(() => assert.notDeepStrictEqual([1], [1]));
check(() => assert.equal(1, 2));
check(() => assert.strictEqual(1, 2, 'a message of my own'));
