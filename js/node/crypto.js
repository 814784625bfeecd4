'use strict';

// The public 'crypto' module, put together from internal/crypto.

const { absent } = require('internal/absent');
const {
  codes: { ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { viewBytes } = require('internal/crypto/bytes');
const { Hash, Hmac, getHashes, hash } = require('internal/crypto/hash');
const { KeyObject, createSecretKey } = require('internal/crypto/keys');
const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync } = require('internal/crypto/pbkdf2');
const { createPrivateKey, createPublicKey } = require('internal/crypto/asymmetric');
const { Cipheriv, Decipheriv, getCipherInfo, getCiphers } = require('internal/crypto/cipher');
const constants = require('internal/crypto/constants');
const { ECDH, diffieHellman, getCurves } = require('internal/crypto/ecdh');
const { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync } = require('internal/crypto/keygen');
const random = require('internal/crypto/random');
const { privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt } = require('internal/crypto/rsa_cipher');
const { scrypt, scryptSync } = require('internal/crypto/scrypt');
const { Sign, Verify, signOnce, verifyOnce } = require('internal/crypto/sign');
const { X509Certificate } = require('internal/crypto/x509');
const { deprecate } = require('internal/util/deprecate');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

function createECDH(curve) {
  return new ECDH(curve);
}

function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

function comparable(value, name) {
  if (isArrayBufferView(value)) return viewBytes(value);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function timingSafeEqual(buf1, buf2) {
  const a = comparable(buf1, 'buf1');
  const b = comparable(buf2, 'buf2');
  if (a.byteLength !== b.byteLength) throw new ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return ops.op_crypto_equal(a, b);
}

function getFips() {
  return 0;
}

module.exports = {
  Cipheriv,
  Decipheriv,
  ECDH,
  Hash: deprecate(Hash, 'crypto.Hash constructor is deprecated.', 'DEP0179'),
  Hmac: deprecate(Hmac, 'crypto.Hmac constructor is deprecated.', 'DEP0181'),
  KeyObject,
  Sign,
  Verify,
  X509Certificate,
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  diffieHellman,
  generateKey,
  generateKeyPair,
  generateKeyPairSync,
  generateKeySync,
  getCipherInfo,
  getCiphers,
  getCurves,
  getFips,
  getHashes,
  hash,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  randomBytes: random.randomBytes,
  randomFill: random.randomFill,
  randomFillSync: random.randomFillSync,
  randomInt: random.randomInt,
  randomUUID: random.randomUUID,
  scrypt,
  scryptSync,
  sign: signOnce,
  timingSafeEqual,
  verify: verifyOnce,
  ...absent('crypto', {
    classes: ['Certificate', 'DiffieHellman', 'DiffieHellmanGroup'],
    functions: [
      'checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'generatePrime', 'generatePrimeSync',
      'getDiffieHellman', 'secureHeapUsed', 'setEngine', 'setFips',
    ],
  }),
};

for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: false, value: random.randomBytes, writable: true });
}

for (const [name, get] of Object.entries({
  webcrypto: () => require('internal/crypto/webcrypto').webcrypto,
  subtle: () => require('internal/crypto/webcrypto').webcrypto.subtle,
  getRandomValues: () => random.getRandomValues,
})) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: false, enumerable: true, get, set: undefined });
}
