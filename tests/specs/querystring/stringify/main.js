'use strict';
const querystring = require('querystring');

console.log(querystring.stringify({ a: ['x', 'y z'], b: 1n, c: true, d: NaN, e: {}, f: '' }));
console.log(querystring.stringify({ 'k&': 'é=' }, ';', ':'));
try {
  querystring.escape('\ud800');
} catch (err) {
  console.log(err.name, err.code, err.message);
}
querystring.escape = (text) => `<${text}>`;
console.log(querystring.stringify({ a: 'b' }));
