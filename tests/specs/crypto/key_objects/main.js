'use strict';
// Keys in every form: read, written, compared, described.
const crypto = require('crypto');
const fs = require('fs');

const file = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`, 'utf8');

for (const name of ['rsa', 'rsa-pss', 'p-256', 'p-384', 'p-521', 'secp256k1', 'ed25519', 'x25519']) {
  const own = crypto.createPrivateKey(file(`${name}.pem`));
  const shared = crypto.createPublicKey(file(`${name}.pub.pem`));
  console.log(name, own.constructor.name, shared.constructor.name, String(own), own.type, shared.type, own.asymmetricKeyType, own.asymmetricKeyDetails, shared.asymmetricKeyDetails);
  console.log(crypto.createPublicKey(own).equals(shared), crypto.createPublicKey(file(`${name}.pem`)).equals(shared), own.equals(shared));
  console.log(own.export({ type: 'pkcs8', format: 'pem' }) === file(`${name}.pem`), shared.export({ type: 'spki', format: 'pem' }) === file(`${name}.pub.pem`));
  for (const type of ['pkcs1', 'sec1', 'pkcs8']) {
    try {
      const der = own.export({ type, format: 'der' });
      const again = crypto.createPrivateKey({ key: der, type, format: 'der' });
      console.log(type, der.length, crypto.createHash('sha256').update(der).digest('hex'), again.equals(own));
    } catch (error) {
      console.log(type, error.code, error.message);
    }
  }
  for (const key of [own, shared]) {
    try {
      const jwk = key.export({ format: 'jwk' });
      const again = (key === own ? crypto.createPrivateKey : crypto.createPublicKey)({ key: jwk, format: 'jwk' });
      console.log(key === own ? Object.keys(jwk).join() : jwk, again.equals(key));
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  const locked = own.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
  console.log(locked.split('\n')[0], crypto.createPrivateKey({ key: locked, passphrase: 'secret' }).equals(own));
  for (const passphrase of ['wrong', undefined]) {
    try {
      crypto.createPrivateKey({ key: locked, passphrase });
    } catch (error) {
      console.log(error.code);
    }
  }
}
console.log(crypto.createPublicKey(file('rsa.pem')).export({ type: 'pkcs1', format: 'pem' }).split('\n')[0]);

const secret = crypto.createSecretKey('c2VjcmV0', 'base64');
console.log(secret.constructor.name, secret.type, secret.symmetricKeySize, secret.export(), secret.export({ format: 'jwk' }), secret.equals(crypto.createSecretKey(Buffer.from('secret'))));

for (const attempt of [
  () => crypto.createPrivateKey(file('rsa.pub.pem')),

  () => crypto.createPublicKey(crypto.createPublicKey(file('rsa.pub.pem'))),
  () => crypto.createPrivateKey({ key: Buffer.alloc(3), format: 'der' }),
  () => crypto.createPrivateKey({ key: Buffer.alloc(3), format: 'der', type: 'pkcs8' }).type,
  () => crypto.createPublicKey({ key: { kty: 'RSA' }, format: 'jwk' }),
  () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, format: 'jwk' }),
  () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-2', x: 'AA', y: 'AA' }, format: 'jwk' }),
  () => crypto.createPublicKey({ key: {}, format: 'jwk' }),
  () => crypto.createPublicKey(5),
  () => crypto.createPublicKey({}),
  () => crypto.createPrivateKey(file('rsa.pem')).export(),
  () => crypto.createPrivateKey(file('rsa.pem')).export({ format: 'pem' }),
  () => crypto.createPrivateKey(file('rsa.pem')).export({ format: 'pem', type: 'sec1' }),
  () => crypto.createPrivateKey(file('rsa.pem')).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc' }),
  () => crypto.createPrivateKey(file('rsa.pem')).export({ format: 'pem', type: 'pkcs8', passphrase: 'x' }),
  () => crypto.createPrivateKey(file('rsa.pem')).export({ format: 'jwk', passphrase: 'x' }),
  () => new crypto.KeyObject('secret', {}),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
