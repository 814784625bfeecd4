'use strict';

// The public 'crypto' module: hashes, keyed hashes, random bytes, keys from passwords. Keys and certificates as far as TLS needs them;
// ciphers, signatures and the making of keys are not there yet.

const { absent } = require('internal/absent');
const {
  codes: { ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { viewBytes } = require('internal/crypto/bytes');
const { Hash, Hmac, getHashes, hash } = require('internal/crypto/hash');
const { KeyObject, createSecretKey } = require('internal/crypto/keys');
const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync } = require('internal/crypto/pbkdf2');
const { createPrivateKey, createPublicKey } = require('internal/crypto/asymmetric');
const constants = require('internal/crypto/constants');
const random = require('internal/crypto/random');
const { scrypt, scryptSync } = require('internal/crypto/scrypt');
const { X509Certificate } = require('internal/crypto/x509');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
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

// No algorithm is there of which these could tell.
function none() {
  return [];
}

module.exports = {
  Hash,
  Hmac,
  KeyObject,
  X509Certificate,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  constants,
  getCiphers: none,
  getCurves: none,
  getFips,
  getHashes,
  hash,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  randomBytes: random.randomBytes,
  randomFill: random.randomFill,
  randomFillSync: random.randomFillSync,
  randomInt: random.randomInt,
  randomUUID: random.randomUUID,
  scrypt,
  scryptSync,
  timingSafeEqual,
  ...absent('crypto', {
    classes: ['Certificate', 'Cipheriv', 'Decipheriv', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify'],
    functions: [
      'checkPrime', 'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman', 'createDiffieHellmanGroup',
      'createECDH', 'createSign', 'createVerify', 'diffieHellman', 'generateKey', 'generateKeyPair',
      'generateKeyPairSync', 'generateKeySync', 'generatePrime', 'generatePrimeSync', 'getCipherInfo', 'getDiffieHellman',
      'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'secureHeapUsed', 'setEngine',
      'setFips', 'sign', 'verify',
    ],
  }),
};

for (const [name, get] of Object.entries({
  webcrypto: () => require('internal/crypto/webcrypto').webcrypto,
  subtle: () => require('internal/crypto/webcrypto').webcrypto.subtle,
  getRandomValues: () => random.getRandomValues,
})) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: false, enumerable: true, get, set: undefined });
}
