'use strict';
const assert = require('assert');

for (const attempt of [
  () => assert.strictEqual(1, 2, undefined),
  () => assert.deepStrictEqual(1, 2, 5),
  () => assert.ok(false, undefined),
  () => assert.strictEqual(1, 1, undefined),
]) {
  try {
    attempt();
    console.log('nothing wrong');
  } catch (error) {
    console.log(error.code, error.message.split('\n')[0]);
  }
}
