'use strict';
// Keys from passwords (PBKDF2) and from keys (HKDF).
const crypto = require('crypto');

console.log(crypto.pbkdf2Sync('password', 'salt', 1000, 40, 'sha512').toString('hex'));
crypto.pbkdf2('password', 'salt', 2, 20, 'sha1', (err, key) => console.log(err, key.toString('hex')));
console.log(Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 50)).toString('hex'));
for (const wrong of [
  () => crypto.pbkdf2Sync('a', 'b', 1, 1, 'none'),
  () => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1'),
  () => crypto.hkdfSync('sha1', 'key', '', '', 6000),
]) {
  try {
    wrong();
  } catch (err) {
    console.log(err.code, err.message);
  }
}
