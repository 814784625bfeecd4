'use strict';
// The text of a .env file.
const { parseEnv } = require('util');

console.log(parseEnv([
  '# comment', 'PLAIN=value # comment', 'export EXPORTED = yes', "SINGLE='a # b'", 'DOUBLE="two\\nlines"', 'MULTI="one', 'two"',
  'EMPTY=', 'no equals sign', 'OPEN="quote', '=no name', 'PLAIN=again',
].join('\n')));
