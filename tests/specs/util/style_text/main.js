'use strict';
// Styles in one another: the outer one goes on where the inner one ends. Without a terminal there are none.
const { styleText, stripVTControlCharacters } = require('util');

const always = { validateStream: false };
const inner = styleText('blue', 'in', always);
console.log(JSON.stringify(styleText(['bold', 'red'], `out ${inner} out`, always)));
console.log(JSON.stringify(styleText('dim', styleText('bold', 'b', always) + 'd', always)));
console.log(stripVTControlCharacters(`${inner}\u001b]8;;http://a\u0007link\u001b]8;;\u0007`));
console.log(JSON.stringify(styleText('red', 'plain', { stream: { isTTY: false, on() {}, write() {} } })));
