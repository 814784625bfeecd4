'use strict';
// Hashes and keyed hashes, also as streams.
const crypto = require('crypto');

for (const name of crypto.getHashes()) {
  console.log(name, crypto.createHash(name).update('ab').update(Buffer.from('c')).digest('base64url'));
}
console.log(crypto.createHmac('sha256', 'key').update('text').digest('hex'));
console.log(crypto.createHmac('SHA512', Buffer.alloc(200, 'k')).update('74657874', 'hex').digest('base64').slice(0, 20));
console.log(crypto.hash('sha1', 'abc'), crypto.hash('md5', Buffer.from('abc'), 'buffer'));

const first = crypto.createHash('sha1').update('abc');
const copy = first.copy();
console.log(first.digest('hex') === copy.digest('hex'));

const stream = crypto.createHash('md5');
stream.end('abc', () => console.log(stream.read()));

const secret = crypto.createSecretKey('key', 'utf8');
console.log(secret.type, secret.symmetricKeySize, crypto.createHmac('md5', secret).digest('hex'));

for (const wrong of [
  () => crypto.createHash('none'),
  () => crypto.createHmac('none', 'key'),
  () => first.update('more'),
  () => first.digest(),
  () => crypto.createHash('md5').update(1),
  () => crypto.createHmac('md5'),
  () => crypto.createDiffieHellman('aes-128-cbc', 'k', 'i'),
]) {
  try {
    wrong();
  } catch (err) {
    console.log(err.code, err.message);
  }
}
