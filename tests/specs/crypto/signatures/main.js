'use strict';
// Signatures of every kind of key, made and checked; those of other programs too.
const crypto = require('crypto');
const fs = require('fs');

const file = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`, 'utf8');
const { RSA_PKCS1_PSS_PADDING: PSS, RSA_PSS_SALTLEN_DIGEST } = crypto.constants;
const data = Buffer.from('what is signed');

for (const digest of ['sha1', 'sha256', 'RSA-SHA384', 'sha512']) {
  for (const [name, options] of [
    ['rsa', {}], ['rsa', { padding: PSS }], ['rsa', { padding: PSS, saltLength: RSA_PSS_SALTLEN_DIGEST }],
    ['p-256', {}], ['p-384', {}], ['p-521', { dsaEncoding: 'ieee-p1363' }], ['secp256k1', { dsaEncoding: 'ieee-p1363' }],
  ]) {
    const signature = crypto.createSign(digest).update('what is ').update(Buffer.from('signed')).sign({ key: file(`${name}.pem`), ...options });
    const own = crypto.verify(digest, data, { key: file(`${name}.pub.pem`), ...options }, signature);
    signature[9] ^= 1;
    const broken = crypto.createVerify(digest).update(data).verify({ key: file(`${name}.pub.pem`), ...options }, signature);
    console.log(digest, name, options, own, broken, 'dsaEncoding' in options ? signature.length : '');
  }
}

// The same bytes each time.
console.log(crypto.sign('sha256', data, file('rsa.pem')).toString('base64'));
console.log(crypto.createSign('sha512').update(data).sign(file('rsa.pem'), 'base64'));
console.log(crypto.sign(null, data, file('ed25519.pem')).toString('hex'));
console.log(crypto.verify(null, data, file('ed25519.pub.pem'), crypto.sign(undefined, data, file('ed25519.pem'))));

// Signatures that Node made.
const foreign = JSON.parse(file('signatures.json'));
for (const [name, digest, options, signature] of foreign) {
  console.log(name, digest, crypto.verify(digest, data, { key: file(`${name}.pub.pem`), ...options }, Buffer.from(signature, 'base64')));
}

for (const attempt of [
  () => crypto.sign('sha1', data, file('rsa-pss.pem')),
  () => crypto.sign('sha256', data, { key: file('rsa-pss.pem'), saltLength: 8 }),
  () => crypto.sign('sha256', data, { key: file('rsa.pem'), padding: PSS, saltLength: 1000 }),
  () => crypto.sign('sha256', data, file('x25519.pem')),
  () => crypto.sign('sha256', data, file('ed25519.pem')),
  () => crypto.createSign('sha256').sign(file('ed25519.pem')),
  () => crypto.sign('sha256', data, file('rsa.pub.pem')),
  () => crypto.sign('sha256', data),
  () => crypto.sign('no such', data, file('rsa.pem')),
  () => crypto.createSign('no such'),
  () => crypto.sign('sha256', data, { key: file('rsa.pem'), dsaEncoding: 'x' }),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

crypto.sign('sha256', data, file('p-256.pem'), (error, signature) => {
  crypto.verify('sha256', data, file('p-256.pub.pem'), signature, (error, ok) => console.log('later', error, ok, Buffer.isBuffer(signature)));
});
