'use strict';
// What is encrypted with the public half is read with the private one.
const crypto = require('crypto');
const fs = require('fs');

const file = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`, 'utf8');
const { RSA_PKCS1_PADDING } = crypto.constants;
const text = Buffer.from('a secret');

for (const options of [{}, { oaepHash: 'sha256' }, { oaepHash: 'sha512', oaepLabel: Buffer.from('label') }, { padding: RSA_PKCS1_PADDING }]) {
  const locked = crypto.publicEncrypt({ key: file('rsa.pub.pem'), ...options }, text);
  console.log(locked.length, crypto.privateDecrypt({ key: file('rsa.pem'), ...options }, locked).toString());
}
console.log(crypto.privateDecrypt({ key: file('rsa.pem'), oaepHash: 'sha256' }, Buffer.from(file('encrypted.txt'), 'base64')).toString());
console.log(crypto.privateEncrypt(file('rsa.pem'), text).toString('base64'));

for (const attempt of [
  () => crypto.privateDecrypt(file('rsa.pem'), Buffer.alloc(256)),
  () => crypto.publicEncrypt(file('rsa.pub.pem'), Buffer.alloc(257)),
  () => crypto.publicEncrypt(file('ed25519.pub.pem'), text),
  () => crypto.publicEncrypt({ key: file('rsa.pub.pem'), oaepHash: 'sha512' }, Buffer.alloc(200)),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(crypto.publicDecrypt(file('rsa.pub.pem'), crypto.privateEncrypt(file('rsa.pem'), text)).toString());
const raw = { padding: crypto.constants.RSA_NO_PADDING };
const number = Buffer.alloc(256, 7);
console.log(crypto.privateDecrypt({ key: file('rsa.pem'), ...raw }, crypto.publicEncrypt({ key: file('rsa.pub.pem'), ...raw }, number)).equals(number));
try {
  crypto.publicEncrypt(file('rsa-pss.pub.pem'), text);
} catch (error) {
  console.log(error.code);
}
