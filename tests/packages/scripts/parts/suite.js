'use strict';
const assert = require('assert');

describe('suite', () => {
  it('passes', async () => assert.ok(await true));
  it('fails', () => assert.deepStrictEqual({ a: 1 }, { a: 2 }));
});
