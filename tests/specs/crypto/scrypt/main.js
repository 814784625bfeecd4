'use strict';
// scrypt: RFC 7914's own examples, and numbers that do not fit.
const { scrypt, scryptSync } = require('crypto');

console.log(scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex'));
scrypt('password', 'NaCl', 64, { cost: 1024, blockSize: 8, parallelization: 16 }, (err, key) => console.log(err, key.toString('hex')));
for (const options of [{ N: 15 }, { N: 2 ** 20 }]) {
  try {
    scryptSync('p', 's', 16, options);
  } catch (err) {
    console.log(err.code, err.message);
  }
}
