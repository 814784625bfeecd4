'use strict';
// Colours come from util.inspect.styles and util.inspect.colors, which may be changed.
const { inspect } = require('util');

const show = (value) => console.log(JSON.stringify(inspect(value, { colors: true })));
show([1, 'two', true, null, undefined, 3n, Symbol('s'), new Date(0), () => {}]);
show(/^a(?<b>[0-9]{2,})|\d$/g);
inspect.styles.number = 'red';
inspect.styles.regexp = 'bold';
show({ n: 1, r: /x/ });
console.log(inspect.colors.grey === inspect.colors.gray, Object.keys(inspect.colors).includes('grey'));
