'use strict';
// Rejections, with functions, promises and what looks like them.
const assert = require('assert');

(async () => {
  const check = async (promise) => {
    try {
      await promise;
      console.log('passes');
    } catch (err) {
      console.log(`${err.name} ${err.code}: ${err.message}`);
    }
  };
  await check(assert.rejects(async () => { throw new RangeError('no'); }, RangeError));
  await check(assert.rejects(Promise.resolve(1)));
  await check(assert.rejects(() => 1));
  await check(assert.rejects('promise'));
  await check(assert.doesNotReject(Promise.reject(new Error('late'))));
  await check(assert.doesNotReject(async () => {}));
})();
