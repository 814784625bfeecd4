'use strict';
// Two sides come to the same secret.
const crypto = require('crypto');

for (const curve of ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1']) {
  const [one, other] = [crypto.createECDH(curve), crypto.createECDH(curve)];
  other.generateKeys();
  const point = one.generateKeys('hex', 'compressed');
  const secret = one.computeSecret(other.getPublicKey());
  console.log(curve, point.length, secret.length, secret.equals(other.computeSecret(point, 'hex')));
  console.log(crypto.ECDH.convertKey(point, curve, 'hex', 'hex', 'hybrid') === one.getPublicKey('hex', 'hybrid'));
}
const fixed = crypto.createECDH('secp256k1');
fixed.setPrivateKey('01'.repeat(32), 'hex');
console.log(fixed.getPublicKey('hex'), fixed.getPrivateKey('base64'));
console.log(fixed.computeSecret(fixed.getPublicKey(), null, 'hex'));

const pairs = (type, options) => [crypto.generateKeyPairSync(type, options), crypto.generateKeyPairSync(type, options)];
function agree(kinds) {
  if (kinds.length === 0) return;
  const [[type, options], ...rest] = kinds;
  const [one, other] = pairs(type, options);
  const secret = crypto.diffieHellman({ privateKey: one.privateKey, publicKey: other.publicKey });
  crypto.diffieHellman({ privateKey: other.privateKey, publicKey: one.publicKey }, (error, again) => {
    console.log(type, error, secret.length, secret.equals(again));
    agree(rest);
  });
}
agree([['x25519'], ['ec', { namedCurve: 'P-384' }]]);

const pair = (type, options) => crypto.generateKeyPairSync(type, options);
const empty = crypto.createECDH('prime256v1');
for (const attempt of [
  () => crypto.createECDH('no such'),
  () => empty.getPublicKey(),
  () => empty.getPrivateKey(),
  () => empty.setPrivateKey(Buffer.alloc(32)),
  () => fixed.computeSecret(Buffer.alloc(3)),
  () => fixed.getPublicKey('hex', 'no such'),
  () => crypto.ECDH.convertKey(Buffer.alloc(3), 'prime256v1'),
  () => crypto.diffieHellman({}),
  () => crypto.diffieHellman({ privateKey: pair('x25519').privateKey, publicKey: pair('ec', { namedCurve: 'P-256' }).publicKey }),
  () => crypto.diffieHellman({ privateKey: pair('ec', { namedCurve: 'P-384' }).privateKey, publicKey: pair('ec', { namedCurve: 'P-256' }).publicKey }),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
