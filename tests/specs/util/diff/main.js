'use strict';
// The shortest way from one list, or text, to another.
const { diff } = require('util');

console.log(diff(['a', 'b', 'c'], ['a', 'c', 'd']));
console.log(diff('same', 'same'), diff('ab', 'b').length);
