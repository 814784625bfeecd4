'use strict';
// A mock remembers its calls and gives the original back.
const { mock, test } = require('node:test');

const calculator = { factor: 2, twice(value) { return value * this.factor; } };
const twice = mock.method(calculator, 'twice', (value) => value + 100);
console.log(calculator.twice(1), calculator.twice.mock.callCount());
twice.mock.restore();
console.log(calculator.twice(1));

const fails = mock.fn(() => {
  throw new Error('no');
});
try {
  fails('argument');
} catch {}
const [call] = fails.mock.calls;
console.log(call.arguments, call.error.message, call.result);

const once = mock.fn(() => 'always');
once.mock.mockImplementationOnce(() => 'once');
console.log(once(), once());

test('what a test replaces is given back at its end', (t) => {
  t.mock.method(calculator, 'twice', () => 0);
  console.log(calculator.twice(5));
}).then(() => console.log(calculator.twice(5)));
