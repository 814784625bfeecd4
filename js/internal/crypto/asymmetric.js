'use strict';

// Private and public keys, however they are given: PEM, DER, JWK, certificates, key objects.

const { Buffer } = require('buffer');
const {
  codes: { ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { bytesOf } = require('internal/crypto/bytes');
const { handleOfJwk, inputEncoding, isBytes } = require('internal/crypto/key_encoding');
const { AsymmetricKeyObject, KeyObject, PrivateKeyObject, PublicKeyObject, handleOf } = require('internal/crypto/keys');

const BYTES = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const KEYS = [...BYTES, 'KeyObject', 'CryptoKey'];

// The key object that is in a key of the web.
function unwrap(value) {
  if (value === null || typeof value !== 'object' || value instanceof KeyObject || isBytes(value)) return value;
  if (value[Symbol.toStringTag] !== 'CryptoKey') return value;
  const { isCryptoKey, keyObjectOf } = require('internal/crypto/subtle/keys');
  return isCryptoKey(value) ? keyObjectOf(value) : value;
}

function privateFromBytes(bytes, { format, type, passphrase }) {
  // These have no passphrase in DER.
  if (format === 'der' && type === 'pkcs1') return new ops.KeyHandle('RSA PRIVATE KEY', bytes);
  if (format === 'der' && type === 'sec1') return new ops.KeyHandle('EC PRIVATE KEY', bytes);
  const [label, der] = ops.op_tls_private_key(bytes, passphrase, format === 'der');
  return new ops.KeyHandle(label, der);
}

function publicFromBytes(bytes, { format, type, passphrase }) {
  if (format !== 'der') {
    const [label, der] = ops.op_tls_public_key(bytes, passphrase);
    return new ops.KeyHandle(label, der);
  }
  if (type === 'spki') return new ops.KeyHandle('PUBLIC KEY', bytes);
  if (type === 'pkcs1') {
    try {
      return new ops.KeyHandle('RSA PUBLIC KEY', bytes);
    } catch {
      // A private key has its public half in it.
    }
  }
  return privateFromBytes(bytes, { format, type, passphrase });
}

// The handle of what a program gives for a private key.
function privateHandle(input, name = 'key') {
  const key = unwrap(input);
  if (key instanceof KeyObject) {
    if (key.type !== 'private') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
    return handleOf(key);
  }
  return privateFromInput(key, KEYS, name);
}

function privateFromInput(key, types, name) {
  if (isBytes(key)) return privateFromBytes(bytesOf(key, name), { passphrase: null });
  if (key === null || typeof key !== 'object') throw new ERR_INVALID_ARG_TYPE(name, types, key);
  const data = unwrap(key.key);
  if (data instanceof KeyObject) {
    if (types === BYTES) throw new ERR_INVALID_ARG_TYPE('key.key', BYTES, data);
    return privateHandle(data);
  }
  if (key.format === 'jwk') return handleOfJwk(data, true);
  if (!isBytes(data)) throw new ERR_INVALID_ARG_TYPE(`${name}.key`, types, data);
  return privateFromBytes(bytesOf(data, `${name}.key`, key.encoding), inputEncoding(key, false, name));
}

// The handle of what a program gives for a public key: it may be a private one.
function anyHandle(input, name = 'key') {
  const key = unwrap(input);
  if (key instanceof KeyObject) {
    if (key.type === 'secret') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
    return handleOf(key);
  }
  if (isBytes(key)) return publicFromBytes(bytesOf(key, name), { format: 'pem', passphrase: null });
  if (key === null || typeof key !== 'object') throw new ERR_INVALID_ARG_TYPE(name, KEYS, key);
  const data = unwrap(key.key);
  if (data instanceof KeyObject) return anyHandle(data);
  if (key.format === 'jwk') return handleOfJwk(data, false);
  if (!isBytes(data)) throw new ERR_INVALID_ARG_TYPE(`${name}.key`, KEYS, data);
  return publicFromBytes(bytesOf(data, `${name}.key`, key.encoding), inputEncoding(key, undefined, name));
}

// The file of a key, however it is given.
function fileOf(key) {
  if (key instanceof AsymmetricKeyObject) {
    return Buffer.from(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }));
  }
  if (key instanceof KeyObject) throw new ERR_INVALID_ARG_TYPE('key', 'an asymmetric key', key);
  return bytesOf(key, 'key');
}

function createPrivateKey(input) {
  const key = unwrap(input);
  if (key instanceof KeyObject) throw new ERR_INVALID_ARG_TYPE('key', BYTES, key);
  return new PrivateKeyObject(privateFromInput(key, BYTES, 'key'));
}

// The public half of a private key object, or any file of a public key.
function createPublicKey(input) {
  let key = unwrap(input);
  if (key !== null && typeof key === 'object' && !(key instanceof KeyObject) && unwrap(key.key) instanceof KeyObject) key = unwrap(key.key);
  if (key instanceof KeyObject && key.type !== 'private') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
  return new PublicKeyObject(anyHandle(key).publicHalf());
}

// What describes a certificate's key, as a key.
function publicKeyOf({ spki }) {
  return new PublicKeyObject(new ops.KeyHandle('PUBLIC KEY', spki));
}

module.exports = { anyHandle, createPrivateKey, createPublicKey, fileOf, privateHandle, publicKeyOf };
