'use strict';

// CryptoKey: a key object together with what the web allows to be done with it.

const { inspect } = require('util');
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');

const kToken = Symbol('kToken');

const USAGES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

class CryptoKey {
  #key;
  #algorithm;
  #extractable;
  #usages;

  constructor(token, key, algorithm, extractable, usages) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#key = key;
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    // Each once, in the standard's order.
    this.#usages = USAGES.filter((usage) => usages.includes(usage));
  }

  get type() {
    return CryptoKey.#of(this).#key.type;
  }

  get extractable() {
    return CryptoKey.#of(this).#extractable;
  }

  get algorithm() {
    return CryptoKey.#of(this).#algorithm;
  }

  get usages() {
    return CryptoKey.#of(this).#usages;
  }

  static #of(value) {
    if (typeof value !== 'object' || value === null || !(#key in value)) throw new ERR_INVALID_THIS('CryptoKey');
    return value;
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static isKey(value) {
    return typeof value === 'object' && value !== null && #key in value;
  }

  static keyObjectOf(value) {
    return value.#key;
  }
}
const { isKey: isCryptoKey, keyObjectOf } = CryptoKey;
delete CryptoKey.isKey;
delete CryptoKey.keyObjectOf;
for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'CryptoKey' });

function makeKey(key, algorithm, extractable, usages) {
  return new CryptoKey(kToken, key, algorithm, extractable, usages);
}

function keyObjectToCryptoKey(key, algorithm, extractable, usages) {
  const { importKeyObject } = require('internal/crypto/subtle/import');
  return importKeyObject(key, algorithm, extractable, usages);
}

module.exports = { CryptoKey, isCryptoKey, keyObjectOf, keyObjectToCryptoKey, makeKey };
