'use strict';

// KeyObject and its kinds: what a key is. Where keys come from is asymmetric.js, how they are written key_encoding.js.

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { kEqualContents } = require('internal/util/comparisons');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { validateObject, validateOneOf } = require('internal/validators');
const { bytesOf } = require('internal/crypto/bytes');
const { writeKey } = require('internal/crypto/key_encoding');

// The bytes of a secret.
class SecretHandle {
  constructor(bytes) {
    this.bytes = bytes;
  }

  equals(other) {
    return other.bytes.byteLength === this.bytes.byteLength && ops.op_crypto_equal(other.bytes, this.bytes);
  }
}

class KeyObject {
  #type;
  #handle;

  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new ERR_INVALID_ARG_VALUE('type', type);
    if (!(handle instanceof SecretHandle) && !(handle instanceof ops.KeyHandle)) {
      throw new ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    this.#type = type;
    this.#handle = handle;
  }

  get type() {
    return this.#type;
  }

  toCryptoKey(algorithm, extractable, usages) {
    // The web's keys are made of these, and few programs want them.
    return require('internal/crypto/subtle/keys').keyObjectToCryptoKey(this, algorithm, extractable, usages);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    return other.#type === this.#type && this.#handle.equals(other.#handle);
  }

  // For deep comparison.
  [kEqualContents](other) {
    return #type in other && this.equals(other);
  }

  static from(key) {
    const { isCryptoKey, keyObjectOf } = require('internal/crypto/subtle/keys');
    if (!isCryptoKey(key)) throw new ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return keyObjectOf(key);
  }

  static handleOf(key) {
    return key.#handle;
  }
}
const { handleOf } = KeyObject;
delete KeyObject.handleOf;
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'KeyObject' });

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  get symmetricKeySize() {
    return handleOf(this).bytes.byteLength;
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: Buffer.from(handleOf(this).bytes).toString('base64url') };
    }
    return Buffer.from(handleOf(this).bytes);
  }
}

function detailsOf({ bits, exponent, curve, hash, maskHash, saltLength }) {
  if (bits !== null) {
    const details = { modulusLength: bits, publicExponent: BigInt(`0x${exponent}`) };
    if (hash === null) return details;
    return { ...details, hashAlgorithm: hash, mgf1HashAlgorithm: maskHash, saltLength };
  }
  return curve === null ? {} : { namedCurve: curve };
}

class AsymmetricKeyObject extends KeyObject {
  #details;

  get asymmetricKeyType() {
    this.#details ??= handleOf(this).details();
    return this.#details.kind;
  }

  get asymmetricKeyDetails() {
    this.#details ??= handleOf(this).details();
    return detailsOf(this.#details);
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }

  export(options) {
    return writeKey(this, handleOf(this), options);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }

  export(options) {
    return writeKey(this, handleOf(this), options);
  }
}

// The bytes of what stands for a secret.
function secretBytes(key, encoding) {
  if (key instanceof SecretKeyObject) return handleOf(key).bytes;
  if (typeof key !== 'string' && !isArrayBufferView(key) && !isAnyArrayBuffer(key)) {
    throw new ERR_INVALID_ARG_TYPE(
      'key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
  }
  return bytesOf(key, 'key', encoding);
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !isArrayBufferView(key) && !isAnyArrayBuffer(key)) {
    throw new ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  return secretKey(new Uint8Array(bytesOf(key, 'key', encoding)));
}

// The bytes become the key's own.
function secretKey(bytes) {
  return new SecretKeyObject(new SecretHandle(bytes));
}

module.exports = {
  AsymmetricKeyObject, KeyObject, PrivateKeyObject, PublicKeyObject, SecretKeyObject, createSecretKey, handleOf, secretBytes, secretKey,
};
