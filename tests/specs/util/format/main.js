'use strict';
// The directives of util.format.
const { format, formatWithOptions } = require('util');

console.log(format('%s %s %s', 'text', 1n, { toString: () => 'own' }), format('%s', { a: { b: 1 } }), format('%s', null));
console.log(format('%d %i %f', '42.5', '42.5', '42.5'), format('%d', -0), format('%i', 'x'), format('%d', Symbol()));
console.log(format('%j', { a: [1] }), format('%o', [1]), format('%O', { a: { b: { c: { d: 1 } } } }));
const circle = {};
circle.circle = circle;
console.log(format('%j', circle), format('%c%s', 'color: red', 'plain'), format('100%'), format('%% %s%%', 5));
console.log(format('%s', 'a', 'b', { c: 1 }), format('%s %s', 'missing'), format(1, 'x'), format('%x', 1));
console.log(formatWithOptions({ compact: false }, '%O', { a: 1 }));
