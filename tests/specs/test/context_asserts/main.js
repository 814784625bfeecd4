'use strict';
// t.assert quotes the caller, can be added to, and t.waitFor() polls.
const { assert, test } = require('node:test');

assert.register('isOdd', function(number) {
  console.log(this.name);
  if (number % 2 !== 1) throw new Error(`${number} is even`);
});
test('the test', async (t) => {
  t.assert.isOdd(3);
  t.assert.throws(() => t.assert.isOdd(4), /4 is even/);
  try {
    t.assert.ok(1 === 2);
  } catch ({ message }) {
    console.log(message);
  }
  let turns = 0;
  console.log(await t.waitFor(() => {
    if (++turns < 3) throw new Error('not yet');
    return turns;
  }, { interval: 1 }));
});
