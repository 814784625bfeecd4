'use strict';

// importKey() and exportKey(): the web's keys in bytes, DER and JWK.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { handleOfJwk, jwkOf } = require('internal/crypto/key_encoding');
const { PrivateKeyObject, PublicKeyObject, handleOf, secretKey } = require('internal/crypto/keys');
const { CURVES, HASH_BITS, bytes, fail, normalize } = require('internal/crypto/subtle/algorithms');
const { keyObjectOf, makeKey } = require('internal/crypto/subtle/keys');

// What the halves of each algorithm's keys are for; secrets are for all of the first.
const FOR = {
  '__proto__': null,
  'RSASSA-PKCS1-v1_5': { public: ['verify'], private: ['sign'] },
  'RSA-PSS': { public: ['verify'], private: ['sign'] },
  'RSA-OAEP': { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'] },
  'ECDSA': { public: ['verify'], private: ['sign'] },
  'ECDH': { public: [], private: ['deriveKey', 'deriveBits'] },
  'Ed25519': { public: ['verify'], private: ['sign'] },
  'X25519': { public: [], private: ['deriveKey', 'deriveBits'] },
  'HMAC': { secret: ['sign', 'verify'] },
  'AES-CBC': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-CTR': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-GCM': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-KW': { secret: ['wrapKey', 'unwrapKey'] },
  'HKDF': { secret: ['deriveKey', 'deriveBits'] },
  'PBKDF2': { secret: ['deriveKey', 'deriveBits'] },
};
const KINDS = {
  '__proto__': null, 'RSASSA-PKCS1-v1_5': 'rsa', 'RSA-PSS': 'rsa', 'RSA-OAEP': 'rsa', 'ECDSA': 'ec', 'ECDH': 'ec', 'Ed25519': 'ed25519', 'X25519': 'x25519',
};
const OPENSSL_CURVES = { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

function checkUsages(name, type, usages) {
  if (!usages.every((usage) => FOR[name][type].includes(usage))) {
    throw fail(`Unsupported key usage for ${/^[AHEX]/.test(name) && name !== 'HKDF' ? 'an' : 'a'} ${name} key`, 'SyntaxError');
  }
  if (usages.length === 0 && type !== 'public') throw fail(`Usages cannot be empty when importing a ${type} key.`, 'SyntaxError');
}

function exponentOf(number) {
  const digits = number.toString(16);
  return new Uint8Array(Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex'));
}

// The algorithm of a key as the key shows it.
function algorithmOf(key, algorithm) {
  const { name } = algorithm;
  const details = key.type === 'secret' ? undefined : key.asymmetricKeyDetails;
  if (KINDS[name] === 'rsa') {
    return { name, modulusLength: details.modulusLength, publicExponent: exponentOf(details.publicExponent), hash: { name: algorithm.hash.name } };
  }
  if (KINDS[name] === 'ec') return { name, namedCurve: algorithm.namedCurve };
  if (name === 'HMAC') {
    const bits = key.symmetricKeySize * 8;
    if (bits === 0) throw fail('Zero-length key is not supported', 'DataError');
    if (algorithm.length !== undefined && (algorithm.length > bits || algorithm.length <= bits - 8)) throw fail('Invalid key length', 'DataError');
    return { name, length: algorithm.length ?? bits, hash: { name: algorithm.hash.name } };
  }
  if (name.startsWith('AES')) {
    const length = key.symmetricKeySize * 8;
    if (![128, 192, 256].includes(length)) throw fail('Invalid key length', 'DataError');
    return { name, length };
  }
  return { name };
}

function finish(key, algorithm, extractable, usages) {
  const { name } = algorithm;
  const kind = KINDS[name];
  if (key.type === 'secret' ? kind !== undefined : key.asymmetricKeyType !== kind) throw fail('Invalid key type', 'DataError');
  if (kind === 'ec' && key.asymmetricKeyDetails.namedCurve !== OPENSSL_CURVES[algorithm.namedCurve]) throw fail('Named curve mismatch', 'DataError');
  checkUsages(name, key.type, usages);
  if ((name === 'HKDF' || name === 'PBKDF2') && extractable) throw fail(`${name} keys are not extractable`, 'SyntaxError');
  return makeKey(key, algorithmOf(key, algorithm), extractable, usages);
}

// JWK's name for what a key is used with.
function jwkAlgorithm({ name, hash, namedCurve, length }) {
  const bits = hash && HASH_BITS[hash.name];
  if (hash && bits === undefined) return undefined;
  const short = bits === 160 ? 1 : bits;
  switch (name) {
    case 'RSASSA-PKCS1-v1_5': return `RS${short}`;
    case 'RSA-PSS': return `PS${short}`;
    case 'RSA-OAEP': return bits === 160 ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
    case 'HMAC': return `HS${short}`;
    case 'Ed25519': return 'Ed25519';
    case 'ECDSA': return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[namedCurve];
    default: return name.startsWith('AES') ? `A${length}${name.slice(4)}` : undefined;
  }
}

function fromJwk(jwk, algorithm, extractable, usages) {
  const { name } = algorithm;
  if (jwk === null || typeof jwk !== 'object' || jwk instanceof ArrayBuffer || ArrayBuffer.isView(jwk)) {
    throw new ERR_INVALID_ARG_TYPE('keyData', 'JsonWebKey', jwk);
  }
  const kty = { rsa: 'RSA', ec: 'EC', ed25519: 'OKP', x25519: 'OKP' }[KINDS[name]] ?? 'oct';
  if (!jwk.kty || name === 'HKDF' || name === 'PBKDF2') throw fail('Invalid keyData', 'DataError');
  if (jwk.kty !== kty) throw fail('Invalid JWK "kty" Parameter', 'DataError');
  const use = name === 'RSA-OAEP' || name.startsWith('AES') || name === 'ECDH' || name === 'X25519' ? 'enc' : 'sig';
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw fail('Invalid JWK "use" Parameter', 'DataError');
  if (jwk.key_ops !== undefined) {
    if (!Array.isArray(jwk.key_ops) || new Set(jwk.key_ops).size !== jwk.key_ops.length) throw fail('Duplicate key operation', 'DataError');
    if (!usages.every((usage) => jwk.key_ops.includes(usage))) throw fail('Key operations and usage mismatch', 'DataError');
  }
  if (jwk.ext === false && extractable) throw fail('JWK "ext" Parameter and extractable mismatch', 'DataError');
  if (kty === 'EC' && jwk.crv !== algorithm.namedCurve) throw fail('JWK "crv" does not match the requested algorithm', 'DataError');
  if (kty === 'OKP' && jwk.crv !== name) throw fail('JWK "crv" Parameter and algorithm name mismatch', 'DataError');
  let key;
  if (kty === 'oct') {
    if (typeof jwk.k !== 'string') throw fail('Invalid keyData', 'DataError');
    key = secretKey(new Uint8Array(Buffer.from(jwk.k, 'base64url')));
  } else {
    try {
      key = jwk.d === undefined ? new PublicKeyObject(handleOfJwk(jwk, false)) : new PrivateKeyObject(handleOfJwk(jwk, true));
    } catch {
      throw fail('Invalid keyData', 'DataError');
    }
  }
  const length = kty === 'oct' ? key.symmetricKeySize * 8 : undefined;
  const wanted = jwkAlgorithm({ ...algorithm, length });
  if (jwk.alg !== undefined && wanted !== undefined && jwk.alg !== wanted && !(name === 'Ed25519' && jwk.alg === 'EdDSA')) {
    throw fail('JWK "alg" does not match the requested algorithm', 'DataError');
  }
  return key;
}

function fromBytes(format, data, { name, namedCurve }) {
  const kind = KINDS[name];
  try {
    if (format === 'spki' && kind !== undefined) return new PublicKeyObject(new ops.KeyHandle('PUBLIC KEY', data));
    if (format === 'pkcs8' && kind !== undefined) return new PrivateKeyObject(new ops.KeyHandle('PRIVATE KEY', data));
    if ((format === 'raw' || format === 'raw-public') && kind !== undefined && kind !== 'rsa') {
      return new PublicKeyObject(ops.op_crypto_key_from_raw(kind, namedCurve ?? '', false, data));
    }
  } catch {
    throw fail('Invalid keyData', 'DataError');
  }
  if ((format === 'raw' || format === 'raw-secret') && kind === undefined) return secretKey(data);
  throw fail(`Unable to import ${name} using ${format} format`, 'NotSupportedError');
}

function importKey(format, keyData, algorithm, extractable, usages) {
  const normal = normalize('importKey', algorithm);
  if (normal.namedCurve !== undefined && !(normal.namedCurve in CURVES)) throw fail('Unrecognized namedCurve', 'NotSupportedError');
  const key = format === 'jwk' ?
    fromJwk(keyData, normal, extractable, usages) : fromBytes(format, bytes(keyData, 'keyData'), normal);
  return finish(key, normal, extractable, usages);
}

function importKeyObject(key, algorithm, extractable, usages) {
  return finish(key, normalize('importKey', algorithm), Boolean(extractable), usages);
}

function buffer(view) {
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

function exportKey(format, key) {
  const { algorithm, type } = key;
  if (!(algorithm.name in FOR) || algorithm.name === 'HKDF' || algorithm.name === 'PBKDF2') {
    throw fail(`Unable to export ${algorithm.name} key using ${format} format`, 'NotSupportedError');
  }
  if (!key.extractable) throw fail('key is not extractable', 'InvalidAccessError');
  const keyObject = keyObjectOf(key);
  if (format === 'jwk') {
    const jwk = type === 'secret' ? keyObject.export({ format: 'jwk' }) : jwkOf(handleOf(keyObject));
    // ECDSA's is left out: its hash is chosen with each signature.
    const alg = algorithm.name === 'ECDSA' ? undefined : jwkAlgorithm(algorithm);
    return { key_ops: [...key.usages], ext: key.extractable, ...(alg && { alg }), ...jwk };
  }
  const isRaw = format === 'raw' || format === (type === 'secret' ? 'raw-secret' : 'raw-public');
  if (type === 'secret' && isRaw) return buffer(keyObject.export());
  if (type === 'public' && isRaw && KINDS[algorithm.name] !== 'rsa') return buffer(handleOf(keyObject).raw(false));
  if ((type === 'public' && format === 'spki') || (type === 'private' && format === 'pkcs8')) {
    return buffer(keyObject.export({ format: 'der', type: format }));
  }
  if (['raw', 'spki', 'pkcs8'].includes(format) && type !== 'secret') {
    throw fail(`Unable to export a ${type} key using ${format} format`, 'InvalidAccessError');
  }
  throw fail(`Unable to export ${algorithm.name} ${type} key using ${format} format`, 'NotSupportedError');
}

module.exports = { FOR, checkUsages, exportKey, finish, importKey, importKeyObject };
