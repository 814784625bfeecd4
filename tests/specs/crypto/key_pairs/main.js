'use strict';
// New keys of each kind, as objects and written; at once, later, and as a promise.
const crypto = require('crypto');
const { promisify } = require('util');

const data = Buffer.from('data');
for (const [type, options] of [
  ['rsa', { modulusLength: 1024 }], ['rsa', { modulusLength: 1024, publicExponent: 3 }],
  ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 20 }],
  ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'secp384r1' }], ['ec', { namedCurve: 'secp521r1' }], ['ec', { namedCurve: 'secp256k1' }],
  ['ed25519'], ['x25519'],
]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  console.log(type, publicKey.type, privateKey.type, privateKey.asymmetricKeyType, privateKey.asymmetricKeyDetails);
  console.log(crypto.createPublicKey(privateKey).equals(publicKey));
  if (type !== 'x25519') console.log(crypto.verify(type === 'ed25519' ? null : 'sha256', data, publicKey, crypto.sign(type === 'ed25519' ? null : 'sha256', data, privateKey)));
}

const written = crypto.generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'secret' },
});
console.log(written.publicKey.split('\n')[0], Buffer.isBuffer(written.privateKey));
const opened = crypto.createPrivateKey({ key: written.privateKey, format: 'der', type: 'pkcs8', passphrase: 'secret' });
console.log(crypto.createPublicKey(opened).equals(crypto.createPublicKey(written.publicKey)));
const jwks = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } });
console.log(Object.keys(jwks.publicKey), Object.keys(jwks.privateKey));

for (const attempt of [
  () => crypto.generateKeyPairSync('no such'),
  () => crypto.generateKeyPairSync('rsa'),
  () => crypto.generateKeyPairSync('rsa', {}),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 256 }),
  () => crypto.generateKeyPairSync('ec', { namedCurve: 'no such' }),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 1024, privateKeyEncoding: {} }),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: true }),
  () => crypto.generateKeyPair('ed25519'),
  () => crypto.generateKeySync('aes', { length: 1 }),
  () => crypto.generateKeySync('hmac', { length: 1 }),
  () => crypto.generateKeySync('no such', { length: 1 }),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(crypto.generateKeySync('aes', { length: 256 }).symmetricKeySize, crypto.generateKeySync('hmac', { length: 123 }).symmetricKeySize);

let turns = 0;
const counter = setInterval(() => turns++, 1);
crypto.generateKeyPair('rsa', { modulusLength: 2048 }, (error, publicKey, privateKey) => {
  clearInterval(counter);
  console.log(error, publicKey.type, privateKey.type, turns > 0);
  promisify(crypto.generateKeyPair)('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' } }).then((pair) => {
    console.log(pair.publicKey.split('\n')[0], pair.privateKey.asymmetricKeyType);
    crypto.generateKey('aes', { length: 128 }, (error, key) => console.log(error, key.type, key.symmetricKeySize));
  });
});
