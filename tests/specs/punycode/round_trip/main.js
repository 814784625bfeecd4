'use strict';
const punycode = require('punycode');

console.log(punycode.encode('mañana'), punycode.decode('maana-pta'));
console.log(punycode.toASCII('user@mañana.com'), punycode.toUnicode('xn--maana-pta.com'));
console.log(punycode.ucs2.decode('a😀'), punycode.ucs2.encode([0x61, 0x1f600]));
try {
  punycode.decode('\x80');
} catch (err) {
  console.log(err.name, err.message);
}
