'use strict';

// Keys from passwords: PBKDF2 and HKDF.

const { Buffer } = require('buffer');
const { codes: { ERR_CRYPTO_INVALID_DIGEST, ERR_CRYPTO_INVALID_KEYLEN } } = require('internal/errors');
const { validateFunction, validateInteger, validateString } = require('internal/validators');
const { bytesOf } = require('internal/crypto/bytes');
const { Hmac, isKnown } = require('internal/crypto/hash');
const { start, toBuffer } = require('internal/crypto/job');
const { secretBytes } = require('internal/crypto/keys');

const MAX = 2 ** 31 - 1;

function check(password, salt, iterations, length, digest) {
  validateString(digest, 'digest');
  const passwordBytes = bytesOf(password, 'password');
  const saltBytes = bytesOf(salt, 'salt');
  validateInteger(iterations, 'iterations', 1, MAX);
  validateInteger(length, 'keylen', 0, MAX);
  if (!isKnown(digest)) throw new ERR_CRYPTO_INVALID_DIGEST(digest);
  return { passwordBytes, saltBytes };
}

function pbkdf2Sync(password, salt, iterations, length, digest) {
  const { passwordBytes, saltBytes } = check(password, salt, iterations, length, digest);
  const key = Buffer.alloc(length);
  ops.op_crypto_pbkdf2(digest, passwordBytes, saltBytes, iterations, key);
  return key;
}

function pbkdf2(password, salt, iterations, length, digest, callback) {
  if (typeof digest === 'function') [callback, digest] = [digest, undefined];
  const { passwordBytes, saltBytes } = check(password, salt, iterations, length, digest);
  validateFunction(callback, 'callback');
  start(ops.op_crypto_pbkdf2_job(digest, passwordBytes, saltBytes, iterations, length), callback, toBuffer);
}

// RFC 5869.
function expand(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  const keyBytes = secretBytes(key);
  const saltBytes = bytesOf(salt, 'salt');
  const infoBytes = bytesOf(info, 'info');
  validateInteger(length, 'length', 0, MAX);
  if (!isKnown(digest)) throw new ERR_CRYPTO_INVALID_DIGEST(digest);
  const first = new Hmac(digest, saltBytes).update(keyBytes).digest();
  if (length > 255 * first.length) throw new ERR_CRYPTO_INVALID_KEYLEN();
  const parts = [];
  let last = Buffer.alloc(0);
  for (let at = 0; at < length; at += last.length) {
    last = new Hmac(digest, first).update(last).update(infoBytes).update(Buffer.from([parts.length + 1])).digest();
    parts.push(last);
  }
  const whole = new Uint8Array(length);
  whole.set(Buffer.concat(parts).subarray(0, length));
  return whole.buffer;
}

function hkdfSync(digest, key, salt, info, length) {
  return expand(digest, key, salt, info, length);
}

function hkdf(digest, key, salt, info, length, callback) {
  const result = expand(digest, key, salt, info, length);
  validateFunction(callback, 'callback');
  setImmediate(callback, null, result);
}

module.exports = { hkdf, hkdfSync, pbkdf2, pbkdf2Sync };
