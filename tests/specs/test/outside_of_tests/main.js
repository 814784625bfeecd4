'use strict';
// An error outside of any test fails the file although each test passes.
const { test } = require('node:test');

test('passes', () => {}).then(() => setImmediate(() => {
  throw new Error('too late');
}));
