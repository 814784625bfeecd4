'use strict';
// The web's keys: made, exported, imported, and used; what Node made is read.
const { KeyObject, createPrivateKey, subtle } = require('crypto');
const fs = require('fs');

const data = new TextEncoder().encode('what is signed');
const hex = (buffer) => Buffer.from(buffer).toString('hex');
const rsa = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };

async function signatures() {
  for (const [algorithm, how] of [
    [{ name: 'RSASSA-PKCS1-v1_5', ...rsa }], [{ name: 'RSA-PSS', ...rsa }, { name: 'RSA-PSS', saltLength: 20 }],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
    [{ name: 'ECDSA', namedCurve: 'P-521' }, { name: 'ECDSA', hash: 'SHA-512' }],
    ['Ed25519'], [{ name: 'HMAC', hash: 'SHA-384' }],
  ]) {
    const made = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const { publicKey, privateKey } = made instanceof CryptoKey ? { publicKey: made, privateKey: made } : made;
    console.log(publicKey, privateKey);
    const signature = await subtle.sign(how ?? algorithm, privateKey, data);
    const ok = await subtle.verify(how ?? algorithm, publicKey, signature, data);
    const broken = await subtle.verify(how ?? algorithm, publicKey, signature, data.slice(1));
    console.log(signature.byteLength, ok, broken);
    const jwk = await subtle.exportKey('jwk', privateKey);
    const again = await subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
    console.log(Object.keys(jwk).sort().join(), jwk.alg, jwk.crv, jwk.key_ops, await subtle.verify(how ?? algorithm, publicKey, await subtle.sign(how ?? algorithm, again, data), data));
    if (publicKey.type === 'public') {
      const [pkcs8, spki] = [await subtle.exportKey('pkcs8', privateKey), await subtle.exportKey('spki', publicKey)];
      const own = await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
      const shared = await subtle.importKey('spki', spki, algorithm, true, ['verify']);
      console.log(hex(await subtle.exportKey('spki', shared)) === hex(spki), await subtle.verify(how ?? algorithm, shared, await subtle.sign(how ?? algorithm, own, data), data));
    }
  }
}

async function encryption() {
  const iv = new Uint8Array(12).fill(7);
  const key = (name, usages = ['encrypt', 'decrypt']) => subtle.importKey('raw', new Uint8Array(32).fill(1), name, true, usages);
  for (const algorithm of [
    { name: 'AES-GCM', iv }, { name: 'AES-GCM', iv, additionalData: data, tagLength: 96 }, { name: 'AES-CBC', iv: new Uint8Array(16) },
    { name: 'AES-CTR', counter: new Uint8Array(16).fill(255), length: 128 }, { name: 'AES-CTR', counter: new Uint8Array(16).fill(255), length: 5 },
  ]) {
    const own = await key(algorithm.name);
    const text = new Uint8Array(50).fill(65);
    const locked = await subtle.encrypt(algorithm, own, text);
    console.log(algorithm.name, hex(locked), hex(await subtle.decrypt(algorithm, own, locked)) === hex(text));
  }
  const { publicKey, privateKey } = await subtle.generateKey({ name: 'RSA-OAEP', ...rsa }, true, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
  const locked = await subtle.encrypt({ name: 'RSA-OAEP', label: data }, publicKey, data);
  console.log(hex(await subtle.decrypt({ name: 'RSA-OAEP', label: data }, privateKey, locked)) === hex(data), privateKey.usages);
  const wrapped = await subtle.wrapKey('raw', await key('AES-GCM'), publicKey, 'RSA-OAEP');
  console.log(await subtle.unwrapKey('raw', wrapped, privateKey, 'RSA-OAEP', 'AES-GCM', true, ['encrypt']));
}

async function wrapping() {
  const outer = await subtle.importKey('raw', new Uint8Array(24).fill(2), 'AES-KW', true, ['wrapKey', 'unwrapKey']);
  const inner = await subtle.importKey('raw', new Uint8Array(32).fill(3), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  const wrapped = await subtle.wrapKey('raw', inner, outer, 'AES-KW');
  const again = await subtle.unwrapKey('raw', wrapped, outer, 'AES-KW', { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  console.log(hex(wrapped), hex(await subtle.exportKey('raw', again)), (await subtle.exportKey('jwk', outer)).alg);
  console.log(hex(await subtle.digest('SHA3-256', data)));
  await subtle.unwrapKey('raw', new Uint8Array(40), outer, 'AES-KW', 'AES-GCM', true, ['encrypt']).catch((error) => console.log(error.name));
}

async function derivation() {
  const password = await subtle.importKey('raw', data, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt: data, iterations: 10 };
  console.log(hex(await subtle.deriveBits(pbkdf2, password, 256)));
  const derived = await subtle.deriveKey(pbkdf2, password, { name: 'AES-GCM', length: 128 }, true, ['encrypt']);
  console.log(derived, hex(await subtle.exportKey('raw', derived)));
  const secret = await subtle.importKey('raw', data, 'HKDF', false, ['deriveBits']);
  console.log(hex(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-512', salt: data, info: new Uint8Array() }, secret, 128)));
  for (const algorithm of [{ name: 'ECDH', namedCurve: 'P-384' }, { name: 'X25519' }]) {
    const [one, other] = [await subtle.generateKey(algorithm, true, ['deriveBits']), await subtle.generateKey(algorithm, true, ['deriveBits'])];
    const first = await subtle.deriveBits({ name: algorithm.name, public: other.publicKey }, one.privateKey, 128);
    const second = await subtle.deriveBits({ name: algorithm.name, public: one.publicKey }, other.privateKey);
    console.log(algorithm.name, one.publicKey.usages, first.byteLength, second.byteLength, hex(second).startsWith(hex(first)));
  }
}

async function refusals() {
  const aes = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['decrypt']);
  for (const attempt of [
    () => subtle.exportKey('raw', aes),
    () => subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, aes, data),
    () => subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, aes, data),
    () => subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, aes, new Uint8Array(20)),
    () => subtle.importKey('raw', new Uint8Array(15), 'AES-GCM', false, ['decrypt']),
    () => subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['sign']),
    () => subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, []),
    () => subtle.importKey('spki', new Uint8Array(16), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']),
    () => subtle.importKey('jwk', { kty: 'oct' }, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']),
    () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['encrypt']),
    () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, []),
    () => subtle.generateKey('no such', true, []),
  ]) {
    await attempt().then(() => console.log('done'), (error) => console.log(error.name));
  }
}

async function objects() {
  const key = createPrivateKey(fs.readFileSync(`${__dirname}/../keys/ed25519.pem`));
  const web = key.toCryptoKey('Ed25519', true, ['sign']);
  console.log(web.type, web.algorithm, KeyObject.from(web).equals(key), hex(await subtle.sign('Ed25519', web, data)));
}

(async () => {
  await signatures();
  await encryption();
  await wrapping();
  await derivation();
  await refusals();
  await objects();
})();
