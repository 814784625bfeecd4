'use strict';

// What is done with the web's keys: signatures, encryption, derivation, new keys. Each gives a promise or a value.

const { Buffer } = require('buffer');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { PrivateKeyObject, PublicKeyObject, handleOf, secretBytes, secretKey } = require('internal/crypto/keys');
const { hkdfSync } = require('internal/crypto/pbkdf2');
const { randomFillSync } = require('internal/crypto/random');
const { BLOCK_BITS, CURVES, HASHES, fail } = require('internal/crypto/subtle/algorithms');
const { FOR, finish } = require('internal/crypto/subtle/import');
const { isCryptoKey, keyObjectOf } = require('internal/crypto/subtle/keys');

const PKCS1 = 1;
const OAEP = 4;
const PSS = 6;
const NONE = new Uint8Array(0);

async function done(job) {
  try {
    return await ops.op_crypto_job_start(job);
  } catch (error) {
    throw Object.assign(fail('The operation failed for an operation-specific reason', 'OperationError'), { cause: error });
  }
}

async function buffer(job) {
  return (await done(job)).buffer;
}

function handle(key) {
  return handleOf(keyObjectOf(key));
}

function secret(key) {
  return secretBytes(keyObjectOf(key));
}

function need(key, type) {
  if (key.type !== type) throw fail(`Unable to use this key for this operation: it is not ${type}`, 'InvalidAccessError');
}

// With a signature: whether it is one. Without: one.
async function signature(algorithm, key, data, given) {
  const { name } = algorithm;
  if (name === 'HMAC') {
    const hasher = new ops.CryptoHash(HASHES[key.algorithm.hash.name], secret(key));
    hasher.update(data);
    const own = hasher.digest();
    if (given === null) return own.buffer;
    return own.byteLength === given.byteLength && ops.op_crypto_equal(own, given);
  }
  need(key, given === null ? 'private' : 'public');
  let job;
  if (name === 'Ed25519') {
    job = ops.op_crypto_sign_job(handle(key), '', data, false, 0, 0, false, given);
  } else if (name === 'ECDSA') {
    job = ops.op_crypto_sign_job(handle(key), HASHES[algorithm.hash.name], data, false, 0, 0, true, given);
  } else {
    const isPss = name === 'RSA-PSS';
    const digest = HASHES[key.algorithm.hash.name];
    job = ops.op_crypto_sign_job(handle(key), digest, data, false, isPss ? PSS : PKCS1, isPss ? algorithm.saltLength : 0, false, given);
  }
  return given === null ? buffer(job) : done(job);
}

// CTR counts in the last `length` bits only, and may come round to zero once.
async function counterMode(algorithm, key, data) {
  const { counter, length } = algorithm;
  if (counter.byteLength !== 16) throw fail('algorithm.counter must be 16 bytes', 'OperationError');
  if (length === 0 || length > 128) throw fail('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
  const all = 1n << BigInt(length);
  const blocks = BigInt(Math.ceil(data.byteLength / 16));
  if (blocks > all) throw fail('Data is too long for the counter', 'OperationError');
  const value = BigInt(`0x${Buffer.from(counter).toString('hex')}`);
  const room = all - value % all;
  const run = (iv, part) => done(ops.op_crypto_cipher_job('ctr', secret(key), iv, NONE, 0, true, part));
  if (blocks <= room) return (await run(counter, data)).buffer;
  const cut = Number(room) * 16;
  const zeroed = new Uint8Array(Buffer.from((value - value % all).toString(16).padStart(32, '0'), 'hex'));
  const parts = [await run(counter, data.subarray(0, cut)), await run(zeroed, data.subarray(cut))];
  return new Uint8Array(Buffer.concat(parts)).buffer;
}


async function cipher(algorithm, key, data, encrypts) {
  const { name } = algorithm;
  if (name === 'RSA-OAEP') {
    need(key, encrypts ? 'public' : 'private');
    const what = encrypts ? 'publicEncrypt' : 'privateDecrypt';
    return buffer(ops.op_crypto_rsa_job(what, handle(key), OAEP, HASHES[key.algorithm.hash.name], algorithm.label ?? NONE, data));
  }
  if (name === 'AES-KW') return buffer(ops.op_crypto_key_wrap_job(secret(key), data, encrypts));
  if (name === 'AES-CTR') return counterMode(algorithm, key, data);
  const { iv, additionalData = NONE, tagLength = 128 } = algorithm;
  if (name === 'AES-CBC') {
    if (iv.byteLength !== 16) throw fail('algorithm.iv must contain exactly 16 bytes', 'OperationError');
    return buffer(ops.op_crypto_cipher_job('cbc', secret(key), iv, NONE, 0, encrypts, data));
  }
  if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) {
    throw fail(`${tagLength} is not a valid AES-GCM tag length`, 'OperationError');
  }
  if (iv.byteLength === 0) throw fail('algorithm.iv must not be empty', 'OperationError');
  if (!encrypts && data.byteLength < tagLength / 8) throw fail('The provided data is too small.', 'OperationError');
  return buffer(ops.op_crypto_cipher_job('gcm', secret(key), iv, additionalData, tagLength / 8, encrypts, data));
}

function wholeBytes(length, name) {
  if (length === null || length === undefined) throw fail('length cannot be null', 'OperationError');
  if (length % 8) throw fail('length must be a multiple of 8', 'OperationError');
  return length / 8;
}

async function agreed(algorithm, key, length) {
  const other = algorithm.public;
  need(key, 'private');
  if (!isCryptoKey(other) || other.type !== 'public') throw fail('algorithm.public must be a public key', 'InvalidAccessError');
  if (other.algorithm.name !== key.algorithm.name) throw fail('key algorithm mismatch', 'InvalidAccessError');
  if (other.algorithm.namedCurve !== key.algorithm.namedCurve) throw fail('Named curve mismatch', 'InvalidAccessError');
  const bits = await buffer(ops.op_crypto_agree_job(handle(key), handle(other)));
  if (length === null || length === undefined) return bits;
  const bytes = Math.ceil(length / 8);
  if (bytes > bits.byteLength) throw fail('derived bit length is too small', 'OperationError');
  const cut = bits.slice(0, bytes);
  if (length % 8) new Uint8Array(cut)[bytes - 1] &= 0xff << (8 - length % 8);
  return cut;
}

async function derive(algorithm, key, length) {
  const { name } = algorithm;
  if (name === 'ECDH' || name === 'X25519') return agreed(algorithm, key, length);
  const bytes = wholeBytes(length);
  const digest = HASHES[algorithm.hash.name];
  if (name === 'HKDF') {
    try {
      return hkdfSync(digest, keyObjectOf(key), algorithm.salt, algorithm.info, bytes);
    } catch {
      throw fail('The operation failed for an operation-specific reason', 'OperationError');
    }
  }
  if (algorithm.iterations === 0) throw fail('iterations cannot be zero', 'OperationError');
  if (bytes === 0) return new ArrayBuffer(0);
  return buffer(ops.op_crypto_pbkdf2_job(digest, secret(key), algorithm.salt, algorithm.iterations, bytes));
}

// How many bits a key of this algorithm has; null where any number will do.
function keyLength({ name, length, hash }) {
  if (name.startsWith('AES')) {
    if (![128, 192, 256].includes(length)) throw fail('Invalid key length', 'OperationError');
    return length;
  }
  if (name !== 'HMAC') return null;
  if (length === 0) throw fail('Invalid key length', 'OperationError');
  return length ?? BLOCK_BITS[hash.name];
}

async function generate(algorithm, extractable, usages) {
  const { name, namedCurve } = algorithm;
  const uses = FOR[name];
  const allowed = uses.secret ?? [...uses.public, ...uses.private];
  if (!usages.every((usage) => allowed.includes(usage))) throw fail(`Unsupported key usage for a ${name} key`, 'SyntaxError');
  if (uses.secret !== undefined) {
    if (usages.length === 0) throw fail('Usages cannot be empty when creating a key.', 'SyntaxError');
    const bytes = randomFillSync(new Uint8Array(Math.ceil(keyLength(algorithm) / 8)));
    return finish(secretKey(bytes), algorithm, extractable, usages);
  }
  let job;
  if (name.startsWith('RSA')) {
    const exponent = Number(BigInt(`0x0${Buffer.from(algorithm.publicExponent).toString('hex')}`));
    if (exponent < 3 || exponent % 2 === 0 || exponent > 0xffffffff) throw fail('Invalid publicExponent', 'OperationError');
    if (algorithm.modulusLength > 16384) throw new ERR_METHOD_NOT_IMPLEMENTED('crypto.subtle.generateKey() of more than 16384 bits');
    job = ops.op_crypto_generate_rsa_job(algorithm.modulusLength, exponent, false, '', '', 0);
  } else if (namedCurve !== undefined) {
    if (!(namedCurve in CURVES)) throw fail('Unrecognized namedCurve', 'NotSupportedError');
    job = ops.op_crypto_generate_job('ec', namedCurve);
  } else {
    job = ops.op_crypto_generate_job(name.toLowerCase(), '');
  }
  const own = usages.filter((usage) => uses.private.includes(usage));
  if (own.length === 0) throw fail('Usages cannot be empty when creating a key.', 'SyntaxError');
  const shared = usages.filter((usage) => uses.public.includes(usage));
  const [publicHandle, privateHandle] = await done(job);
  return {
    publicKey: finish(new PublicKeyObject(publicHandle), algorithm, true, shared),
    privateKey: finish(new PrivateKeyObject(privateHandle), algorithm, extractable, own),
  };
}

module.exports = { cipher, derive, generate, keyLength, signature };
