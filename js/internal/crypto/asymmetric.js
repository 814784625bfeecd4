'use strict';

// Private and public keys in PEM or DER: what they are, for TLS and for certificates. Nothing is signed or encrypted with them here.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { bytesOf } = require('internal/crypto/bytes');
const { KeyObject } = require('internal/crypto/keys');

const LABELS = { __proto__: null, pkcs1: 'RSA PRIVATE KEY', sec1: 'EC PRIVATE KEY', pkcs8: 'PRIVATE KEY', spki: 'PUBLIC KEY' };

const NONE = new Uint8Array(0);

class AsymmetricKeyObject extends KeyObject {
  #type;
  #label;
  #der;
  #description;

  constructor(type, label, der, description) {
    super(type, der);
    this.#type = type;
    this.#label = label;
    this.#der = der;
    this.#description = description;
  }

  get type() {
    return this.#type;
  }

  get symmetricKeySize() {
    return undefined;
  }

  get asymmetricKeyType() {
    return this.#description?.kind || undefined;
  }

  get asymmetricKeyDetails() {
    const description = this.#description;
    if (description?.modulus) return { modulusLength: description.bits, publicExponent: BigInt(description.exponent) };
    return description?.asn1Curve ? { namedCurve: description.asn1Curve } : {};
  }

  export(options) {
    const { type, format, cipher } = options ?? {};
    if (format === 'jwk' || cipher !== undefined) throw new ERR_METHOD_NOT_IMPLEMENTED('keyObject.export() to JWK or under a passphrase');
    if (LABELS[type] !== this.#label) throw new ERR_METHOD_NOT_IMPLEMENTED(`keyObject.export() of a ${this.#label} as '${type}'`);
    return format === 'der' ? Buffer.from(this.#der) : AsymmetricKeyObject.pemOf(this);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    return other instanceof AsymmetricKeyObject && other.#label === this.#label && Buffer.compare(other.#der, this.#der) === 0;
  }

  static pemOf(key) {
    return ops.op_tls_pem_encode(key.#label, key.#der);
  }
}
const { pemOf } = AsymmetricKeyObject;
delete AsymmetricKeyObject.pemOf;

// The file of a key, however it is given.
function fileOf(key) {
  if (key instanceof AsymmetricKeyObject) return Buffer.from(pemOf(key));
  if (key instanceof KeyObject) throw new ERR_INVALID_ARG_TYPE('key', 'an asymmetric key', key);
  return bytesOf(key, 'key');
}

function parts(input) {
  if (input === null || typeof input !== 'object' || !('key' in input)) return [fileOf(input), NONE];
  if (input.format === 'jwk') throw new ERR_METHOD_NOT_IMPLEMENTED('crypto keys in JWK');
  return [fileOf(input.key), input.passphrase == null ? NONE : bytesOf(input.passphrase, 'key.passphrase')];
}

function createPrivateKey(input) {
  const { label, der, public: description } = ops.op_tls_private_key(...parts(input));
  return new AsymmetricKeyObject('private', label, der, description);
}

// What describes a public key, as a key.
function publicKeyOf(description) {
  return new AsymmetricKeyObject('public', 'PUBLIC KEY', description.spki, description);
}

function createPublicKey(input) {
  return publicKeyOf(ops.op_tls_public_key(parts(input)[0]));
}

module.exports = { createPrivateKey, createPublicKey, fileOf, publicKeyOf };
