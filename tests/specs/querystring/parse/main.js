'use strict';
const querystring = require('querystring');

console.log(querystring.parse('a=1&b=2&a=3&c&=d'));
console.log(querystring.parse('a+b=%41%zz&__proto__=x'));
console.log(querystring.parse('a:1;b:2', ';', ':'));
console.log(Object.keys(querystring.parse('a&b&c', null, null, { maxKeys: 2 })));
console.log(querystring.parse('x=%ff', null, null, { decodeURIComponent: (text) => text.toUpperCase() }));
