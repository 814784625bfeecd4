'use strict';
// An object may say how it is shown, and what it says may be shown in turn.
const { inspect } = require('util');

class Money {
  constructor(amount) {
    this.amount = amount;
  }

  [inspect.custom](depth, options, inspectAgain) {
    if (depth < 0) return options.stylize('[Money]', 'special');
    return `Money<${inspectAgain(this.amount, options)}>`;
  }
}
console.log(new Money(5), { a: [new Money('x')] }, inspect({ m: new Money(1) }, { colors: true }));
console.log(inspect({ a: { b: new Money(1) } }, { depth: 1 }), inspect(new Money(2), { customInspect: false }));
console.log({ [inspect.custom]: () => ({ instead: true }) }, { lines: { [inspect.custom]: () => 'one\ntwo' } });
