'use strict';
// A plan may wait for assertions that come after the test's function.
const { test } = require('node:test');

test('waits', (t) => {
  t.plan(1, { wait: true });
  setTimeout(() => t.assert.ok(true), 5);
});
test('does not wait', (t) => {
  t.plan(1);
  setTimeout(() => {}, 5);
});
