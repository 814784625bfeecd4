'use strict';

// Secret keys. Those with a public and a private half are not there.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { bytesOf } = require('internal/crypto/bytes');

class KeyObject {
  #bytes;

  constructor(type, bytes) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new ERR_INVALID_ARG_VALUE('type', type);
    if (!(bytes instanceof Uint8Array)) throw new ERR_INVALID_ARG_TYPE('handle', 'object', bytes);
    this.#bytes = bytes;
  }

  get type() {
    return 'secret';
  }

  get symmetricKeySize() {
    return this.#bytes.byteLength;
  }

  export(options) {
    if (options?.format === 'jwk') return { kty: 'oct', k: Buffer.from(this.#bytes).toString('base64url') };
    return Buffer.from(this.#bytes);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    const theirs = other.#bytes;
    return theirs.byteLength === this.#bytes.byteLength && ops.op_crypto_equal(theirs, this.#bytes);
  }

  static from() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('crypto.KeyObject.from()');
  }

  static bytesOf(key) {
    return key.#bytes;
  }
}
const keyBytes = KeyObject.bytesOf;
delete KeyObject.bytesOf;

// The bytes of what stands for a secret.
function secretBytes(key, encoding) {
  if (key instanceof KeyObject) return keyBytes(key);
  if (typeof key !== 'string' && !isArrayBufferView(key) && !isAnyArrayBuffer(key)) {
    throw new ERR_INVALID_ARG_TYPE(
      'key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
  }
  return bytesOf(key, 'key', encoding);
}

function createSecretKey(key, encoding) {
  return new KeyObject('secret', new Uint8Array(bytesOf(key, 'key', encoding)));
}

module.exports = { KeyObject, createSecretKey, secretBytes };
