'use strict';

// The options that say how a key is written or read, and keys as PEM, DER and JWK.

const { Buffer } = require('buffer');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_INVALID_CURVE, ERR_CRYPTO_INVALID_JWK, ERR_CRYPTO_JWK_UNSUPPORTED_CURVE,
    ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE, ERR_CRYPTO_UNKNOWN_CIPHER, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED,
  },
} = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { validateObject } = require('internal/validators');
const { bytesOf } = require('internal/crypto/bytes');
const { cipherInfo } = require('internal/crypto/cipher_info');

const WEB_CURVES = { __proto__: null, prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521', secp256k1: 'secp256k1' };
const JWK_CURVES = new Set(Object.values(WEB_CURVES));
const RSA_NUMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
const ED_NAMES = { __proto__: null, ed25519: 'Ed25519', x25519: 'X25519' };

function isBytes(value) {
  return typeof value === 'string' || isArrayBufferView(value) || isAnyArrayBuffer(value);
}

function formatOf(format, usual, name) {
  if (format === undefined && usual !== undefined) return usual;
  if (format === 'pem' || format === 'der' || format === 'jwk') return format;
  throw new ERR_INVALID_ARG_VALUE(name, format);
}

// `isPublic` undefined: both halves have it; `keyType` undefined: nothing is known of the key.
function typeOf(type, required, keyType, isPublic, name) {
  if (type === undefined && !required) return undefined;
  if (type === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') {
      throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for RSA keys');
    }
    return type;
  }
  if (type === 'spki' && isPublic !== false) return type;
  if (type === 'pkcs8' && isPublic !== true) return type;
  if (type === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') {
      throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for EC keys');
    }
    return type;
  }
  throw new ERR_INVALID_ARG_VALUE(name, type);
}

// How a key that is given is to be read: { format, type, passphrase }.
function inputEncoding(options, isPublic, object = 'key') {
  const format = formatOf(options.format, 'pem', `${object}.format`);
  const type = typeOf(options.type, format === 'der', undefined, isPublic, `${object}.type`);
  const { passphrase } = options;
  if (isPublic !== true && passphrase !== undefined && passphrase !== null && !isBytes(passphrase)) {
    throw new ERR_INVALID_ARG_VALUE(`${object}.passphrase`, passphrase);
  }
  return { format, type, passphrase: passphrase == null ? null : bytesOf(passphrase, 'passphrase', options.encoding) };
}

// How a key is to be written: { format, type, cipher, passphrase }.
function outputEncoding(options, keyType, isPublic, object = 'options') {
  const format = formatOf(options.format, undefined, `${object}.format`);
  const type = format === 'jwk' ? undefined : typeOf(options.type, true, keyType, isPublic, `${object}.type`);
  const { cipher, passphrase } = options;
  if (isPublic) return { format, type };
  if (format === 'jwk') {
    if (cipher != null || passphrase !== undefined) throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
    return { format, type };
  }
  if (cipher == null) {
    if (passphrase !== undefined) throw new ERR_INVALID_ARG_VALUE(`${object}.cipher`, cipher, 'is required when a passphrase is specified');
    return { format, type };
  }
  if (typeof cipher !== 'string') throw new ERR_INVALID_ARG_VALUE(`${object}.cipher`, cipher);
  if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'does not support encryption');
  }
  if (!isBytes(passphrase)) throw new ERR_INVALID_ARG_VALUE(`${object}.passphrase`, passphrase);
  return { format, type, cipher, passphrase: bytesOf(passphrase, 'passphrase', options.encoding) };
}

function base64(part) {
  return Buffer.from(part).toString('base64url');
}

function jwkOf(handle) {
  const { kind, curve, private: isPrivate } = handle.details();
  if (kind === 'rsa') {
    const jwk = { kty: 'RSA' };
    handle.parts().forEach((part, index) => { jwk[RSA_NUMBERS[index]] = base64(part); });
    return jwk;
  }
  if (kind === 'ec') {
    if (WEB_CURVES[curve] === undefined) throw new ERR_CRYPTO_JWK_UNSUPPORTED_CURVE(curve);
    const [x, y, d] = handle.parts().map(base64);
    const jwk = { kty: 'EC', x, y, crv: WEB_CURVES[curve] };
    return isPrivate ? { ...jwk, d } : jwk;
  }
  if (ED_NAMES[kind] === undefined) throw new ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
  const [x, d] = handle.parts().map(base64);
  const jwk = { kty: 'OKP', crv: ED_NAMES[kind], x };
  return isPrivate ? { ...jwk, d } : jwk;
}

function partsOf(jwk, names) {
  return names.map((name) => {
    if (typeof jwk[name] !== 'string') throw new ERR_CRYPTO_INVALID_JWK(`Invalid JWK ${jwk.kty} key`);
    return new Uint8Array(Buffer.from(jwk[name], 'base64url'));
  });
}

// The handle of a JWK; of a private one, its public half where `wantsPublic`.
function handleOfJwk(jwk, wantsPrivate) {
  validateObject(jwk, 'key.key');
  const { kty, crv } = jwk;
  let kind;
  let names;
  if (kty === 'RSA') {
    kind = 'rsa';
    names = RSA_NUMBERS;
  } else if (kty === 'EC') {
    kind = 'ec';
    if (!JWK_CURVES.has(crv)) throw new ERR_CRYPTO_INVALID_CURVE();
    names = ['x', 'y', 'd'];
  } else if (kty === 'OKP' && (crv === 'Ed25519' || crv === 'X25519')) {
    kind = crv.toLowerCase();
    names = ['x', 'd'];
  } else if (kty === 'OKP' && (crv === 'Ed448' || crv === 'X448')) {
    throw new ERR_METHOD_NOT_IMPLEMENTED(`crypto keys of ${crv}`);
  } else {
    throw new ERR_CRYPTO_INVALID_JWK('Invalid JWK format');
  }
  if (!wantsPrivate) names = names.slice(0, names.indexOf('d'));
  const parts = partsOf(jwk, names);
  try {
    return ops.op_crypto_key_from_parts(kind, crv ?? '', parts);
  } catch {
    throw new ERR_CRYPTO_INVALID_JWK(`Invalid JWK ${kty} key`);
  }
}

// A key as its options want it; `encoding` is what outputEncoding() gives.
function encodeKey(handle, { format, type, cipher, passphrase }) {
  if (format === 'jwk') return jwkOf(handle);
  let label;
  let der;
  if (cipher === undefined) {
    [label, der] = handle.write(type);
  } else {
    if (type !== 'pkcs8') throw new ERR_METHOD_NOT_IMPLEMENTED(`keyObject.export() of '${type}' under a passphrase`);
    const info = cipherInfo(cipher);
    if (info === undefined) throw new ERR_CRYPTO_UNKNOWN_CIPHER();
    if (info.mode !== 'cbc' || info.keyLength === 24) throw new ERR_METHOD_NOT_IMPLEMENTED(`keyObject.export() under a passphrase with ${cipher}`);
    label = 'ENCRYPTED PRIVATE KEY';
    der = handle.encrypt(info.name, passphrase);
  }
  return format === 'pem' ? ops.op_tls_pem_encode(label, der) : Buffer.from(der.buffer, der.byteOffset, der.byteLength);
}

function writeKey(key, handle, options) {
  validateObject(options, 'options');
  return encodeKey(handle, outputEncoding(options, key.asymmetricKeyType, key.type === 'public'));
}

module.exports = { encodeKey, handleOfJwk, inputEncoding, isBytes, jwkOf, outputEncoding, writeKey };
