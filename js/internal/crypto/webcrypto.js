'use strict';

// The global `crypto`: random values and digests. Keys are not there.

const { absent } = require('internal/absent');
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');
const { bytesOf } = require('internal/crypto/bytes');
const { getRandomValues, randomUUID } = require('internal/crypto/random');

const kToken = Symbol('kToken');
const digests = new Set(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);

class SubtleCrypto {
  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  async digest(algorithm, data) {
    const name = `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`.toUpperCase();
    if (!digests.has(name)) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    const hash = new ops.CryptoHash(name, null);
    hash.update(bytesOf(data, 'data'));
    return hash.digest().buffer;
  }
}
const notThere = absent('crypto.subtle', {
  functions: [
    'decrypt', 'deriveBits', 'deriveKey', 'encrypt', 'exportKey', 'generateKey', 'importKey', 'sign', 'unwrapKey', 'verify', 'wrapKey',
  ],
});
for (const [name, method] of Object.entries(notThere)) {
  // Whoever calls one of these waits for a promise.
  SubtleCrypto.prototype[name] = { async [name]() { method(); } }[name];
}

class Crypto {
  #subtle;

  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    return this.#subtle ??= new SubtleCrypto(kToken);
  }

  getRandomValues(array) {
    if (!(#subtle in this)) throw new ERR_INVALID_THIS('Crypto');
    return getRandomValues(array);
  }

  randomUUID(options) {
    if (!(#subtle in this)) throw new ERR_INVALID_THIS('Crypto');
    return randomUUID(options);
  }
}
for (const [constructor, name] of [[SubtleCrypto, 'SubtleCrypto'], [Crypto, 'Crypto']]) {
  Object.defineProperty(constructor.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}

module.exports = { Crypto, SubtleCrypto, webcrypto: new Crypto(kToken) };
