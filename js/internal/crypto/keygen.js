'use strict';

// New keys: pairs and secrets.

const {
  codes: {
    ERR_CRYPTO_INVALID_CURVE, ERR_CRYPTO_INVALID_DIGEST, ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED,
  },
} = require('internal/errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const { customPromisifyArgs } = require('internal/util/promisify');
const { setImmediate } = require('timers');
const { isKnown } = require('internal/crypto/hash');
const { run, start } = require('internal/crypto/job');
const { encodeKey, outputEncoding } = require('internal/crypto/key_encoding');
const { PrivateKeyObject, PublicKeyObject, secretKey } = require('internal/crypto/keys');
const { randomFillSync } = require('internal/crypto/random');

// What has no pair here, though Node has one.
const ABSENT = new Set(['dsa', 'dh', 'ed448', 'x448']);

function rsaJob(type, options) {
  validateObject(options, 'options');
  const { modulusLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  let { publicExponent } = options;
  if (publicExponent === undefined || publicExponent === null) publicExponent = 0x10001;
  else validateUint32(publicExponent, 'options.publicExponent');
  let hash = '';
  let maskHash = '';
  let saltLength = -1;
  if (type === 'rsa-pss') {
    ({ hash, maskHash, saltLength } = pssOf(options));
  }
  if (modulusLength < 512) {
    throw Object.assign(new Error('error:1C8000AB:Provider routines::key size too small'), { code: 'ERR_OSSL_KEY_SIZE_TOO_SMALL' });
  }
  return ops.op_crypto_generate_rsa_job(modulusLength, publicExponent, type === 'rsa-pss', hash, maskHash, saltLength);
}

function pssOf(options) {
  const { saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  const names = {};
  for (const [name, older] of [['hashAlgorithm', 'hash'], ['mgf1HashAlgorithm', 'mgf1Hash']]) {
    if (options[name] !== undefined) validateString(options[name], `options.${name}`);
    if (options[older] !== undefined) {
      validateString(options[older], `options.${older}`);
      if (options[name] !== undefined && options[name] !== options[older]) throw new ERR_INVALID_ARG_VALUE(`options.${older}`, options[older]);
    }
    names[name] = options[name] ?? options[older];
    if (names[name] !== undefined && !isKnown(names[name])) throw new ERR_CRYPTO_INVALID_DIGEST(names[name]);
  }
  // Where nothing is said of the hash, a limit is about SHA-1.
  const limited = names.hashAlgorithm ?? names.mgf1HashAlgorithm ?? saltLength;
  const hash = names.hashAlgorithm ?? (limited === undefined ? '' : 'sha1');
  const salt = saltLength ?? (names.hashAlgorithm === undefined ? 20 : -1);
  return { hash, maskHash: names.mgf1HashAlgorithm ?? hash, saltLength: salt };
}

function jobOf(type, options) {
  validateString(type, 'type');
  if (type === 'rsa' || type === 'rsa-pss') return rsaJob(type, options);
  if (type === 'ec') {
    validateObject(options, 'options');
    const { namedCurve, paramEncoding } = options;
    validateString(namedCurve, 'options.namedCurve');
    if (paramEncoding != null && paramEncoding !== 'named') {
      if (paramEncoding !== 'explicit') throw new ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
      throw new ERR_METHOD_NOT_IMPLEMENTED("crypto.generateKeyPair() with paramEncoding 'explicit'");
    }
    try {
      return ops.op_crypto_generate_job('ec', namedCurve);
    } catch {
      throw new ERR_CRYPTO_INVALID_CURVE();
    }
  }
  if (type === 'ed25519' || type === 'x25519') return ops.op_crypto_generate_job(type, '');
  if (ABSENT.has(type)) throw new ERR_METHOD_NOT_IMPLEMENTED(`crypto.generateKeyPair() of '${type}'`);
  throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
}

// How both halves leave: as the options say, or as key objects.
function encodings(type, options) {
  if (options === undefined || options === null) return [undefined, undefined];
  const keyType = type === 'rsa-pss' ? 'rsa-pss' : type;
  return ['publicKeyEncoding', 'privateKeyEncoding'].map((name) => {
    const encoding = options[name];
    if (encoding === undefined || encoding === null) return undefined;
    if (typeof encoding !== 'object') throw new ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
    return outputEncoding(encoding, keyType, name === 'publicKeyEncoding', `options.${name}`);
  });
}

function pairOf([publicHandle, privateHandle], [publicEncoding, privateEncoding]) {
  return {
    publicKey: publicEncoding === undefined ? new PublicKeyObject(publicHandle) : encodeKey(publicHandle, publicEncoding),
    privateKey: privateEncoding === undefined ? new PrivateKeyObject(privateHandle) : encodeKey(privateHandle, privateEncoding),
  };
}

function generateKeyPairSync(type, options) {
  validateString(type, 'type');
  if (options !== undefined) validateObject(options, 'options');
  const wanted = encodings(type, options);
  return pairOf(run(jobOf(type, options)), wanted);
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateString(type, 'type');
  if (options !== undefined) validateObject(options, 'options');
  const wanted = encodings(type, options);
  const job = jobOf(type, options);
  validateFunction(callback, 'callback');
  start(job, callback, (handles, done) => {
    let pair;
    try {
      pair = pairOf(handles, wanted);
    } catch (error) {
      done(error);
      return;
    }
    done(null, pair.publicKey, pair.privateKey);
  });
}
Object.defineProperty(generateKeyPair, customPromisifyArgs, { __proto__: null, value: ['publicKey', 'privateKey'], enumerable: false });

function secretLength(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') {
    validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  } else if (type === 'aes') {
    validateOneOf(length, 'options.length', [128, 192, 256]);
  } else {
    throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  return Math.floor(length / 8);
}

function generateKeySync(type, options) {
  return secretKey(randomFillSync(new Uint8Array(secretLength(type, options))));
}

function generateKey(type, options, callback) {
  const length = secretLength(type, options);
  validateFunction(callback, 'callback');
  setImmediate(callback, null, secretKey(randomFillSync(new Uint8Array(length))));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
