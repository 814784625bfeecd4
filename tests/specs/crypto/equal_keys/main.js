// Deep comparison of secret keys looks at what they hold.
const assert = require('assert');
const { createSecretKey } = require('crypto');
const { isDeepStrictEqual } = require('util');

const key = (byte) => createSecretKey(Buffer.alloc(4, byte));
console.log(isDeepStrictEqual(key(1), key(1)), isDeepStrictEqual(key(1), key(2)), isDeepStrictEqual(key(1), {}));
for (const method of ['deepEqual', 'deepStrictEqual', 'partialDeepStrictEqual']) {
  assert[method](key(1), key(1));
  assert.throws(() => assert[method]([key(1)], [key(2)]), assert.AssertionError);
}
