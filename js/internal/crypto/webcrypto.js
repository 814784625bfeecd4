'use strict';

// The global `crypto` and its `subtle`, whose work is done in internal/crypto/subtle.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { getRandomValues, randomUUID } = require('internal/crypto/random');

const kToken = Symbol('kToken');

const FORMATS = ['raw', 'raw-public', 'raw-secret', 'pkcs8', 'spki', 'jwk'];
const USAGES = new Set(['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey']);

// All of this is loaded when the first method is called.
function parts() {
  return {
    ...require('internal/crypto/subtle/algorithms'), ...require('internal/crypto/subtle/keys'), ...require('internal/crypto/subtle/import'),
    ...require('internal/crypto/subtle/operations'),
  };
}

function usagesOf(value) {
  if (value === null || typeof value !== 'object' || typeof value[Symbol.iterator] !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('keyUsages', 'Array', value);
  }
  const usages = Array.from(value, String);
  for (const usage of usages) {
    if (!USAGES.has(usage)) throw new ERR_INVALID_ARG_VALUE('keyUsages', usage, 'is not a key usage');
  }
  return usages;
}

function formatOf(value) {
  const format = `${value}`;
  if (!FORMATS.includes(format)) throw new ERR_INVALID_ARG_VALUE('format', value, `must be one of: ${FORMATS.join(', ')}`);
  return format;
}

function keyOf(value, name, isCryptoKey) {
  if (!isCryptoKey(value)) throw new ERR_INVALID_ARG_TYPE(name, 'CryptoKey', value);
  return value;
}

const NOT_VALID = 'The requested operation is not valid for the provided key';

// Node's words for a key that was not made for this.
function refusal(usage) {
  if (usage === 'sign' || usage === 'verify') return `Unable to use this key to ${usage}`;
  return usage.startsWith('derive') ? `baseKey does not have ${usage} usage` : NOT_VALID;
}

// The key must have been made for this, and be of the algorithm that is asked for.
function permit(key, algorithm, usage) {
  if (!key.usages.includes(usage)) throw new DOMException(refusal(usage), 'InvalidAccessError');
  if (key.algorithm.name === algorithm.name) return;
  throw new DOMException(usage.endsWith('crypt') ? NOT_VALID : 'Key algorithm mismatch', 'InvalidAccessError');
}

function check(self, method, args, count) {
  if (!(self instanceof SubtleCrypto)) throw new ERR_INVALID_THIS('SubtleCrypto');
  if (args.length >= count) return;
  const error = new ERR_MISSING_ARGS('algorithm');
  error.message = `Failed to execute '${method}' on 'SubtleCrypto': ${count} arguments required, but only ${args.length} present.`;
  throw error;
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  async digest(algorithm, data) {
    check(this, 'digest', arguments, 2);
    const { HASHES, bytes, normalize } = parts();
    const hash = new ops.CryptoHash(HASHES[normalize('digest', algorithm).name], null);
    hash.update(bytes(data, 'data'));
    return hash.digest().buffer;
  }

  async sign(algorithm, key, data) {
    check(this, 'sign', arguments, 3);
    const { bytes, isCryptoKey, normalize, signature } = parts();
    const normal = normalize('sign', algorithm);
    permit(keyOf(key, 'key', isCryptoKey), normal, 'sign');
    return signature(normal, key, bytes(data, 'data'), null);
  }

  async verify(algorithm, key, given, data) {
    check(this, 'verify', arguments, 4);
    const { bytes, isCryptoKey, normalize, signature } = parts();
    const normal = normalize('verify', algorithm);
    permit(keyOf(key, 'key', isCryptoKey), normal, 'verify');
    return signature(normal, key, bytes(data, 'data'), bytes(given, 'signature'));
  }

  async encrypt(algorithm, key, data) {
    check(this, 'encrypt', arguments, 3);
    const { bytes, cipher, isCryptoKey, normalize } = parts();
    const normal = normalize('encrypt', algorithm);
    permit(keyOf(key, 'key', isCryptoKey), normal, 'encrypt');
    return cipher(normal, key, bytes(data, 'data'), true);
  }

  async decrypt(algorithm, key, data) {
    check(this, 'decrypt', arguments, 3);
    const { bytes, cipher, isCryptoKey, normalize } = parts();
    const normal = normalize('decrypt', algorithm);
    permit(keyOf(key, 'key', isCryptoKey), normal, 'decrypt');
    return cipher(normal, key, bytes(data, 'data'), false);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    check(this, 'deriveBits', arguments, 2);
    const { derive, isCryptoKey, normalize } = parts();
    const normal = normalize('deriveBits', algorithm);
    permit(keyOf(baseKey, 'baseKey', isCryptoKey), normal, 'deriveBits');
    return derive(normal, baseKey, length);
  }

  async deriveKey(algorithm, baseKey, derivedKeyAlgorithm, extractable, keyUsages) {
    check(this, 'deriveKey', arguments, 5);
    const { derive, importKey, isCryptoKey, keyLength, normalize } = parts();
    const normal = normalize('deriveBits', algorithm);
    const length = keyLength(normalize('keyLength', derivedKeyAlgorithm));
    const usages = usagesOf(keyUsages);
    permit(keyOf(baseKey, 'baseKey', isCryptoKey), normal, 'deriveKey');
    return importKey('raw-secret', await derive(normal, baseKey, length), derivedKeyAlgorithm, Boolean(extractable), usages);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    check(this, 'generateKey', arguments, 3);
    const { generate, normalize } = parts();
    return generate(normalize('generateKey', algorithm), Boolean(extractable), usagesOf(keyUsages));
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    check(this, 'importKey', arguments, 4);
    return parts().importKey(formatOf(format), keyData, algorithm, Boolean(extractable), usagesOf(keyUsages));
  }

  async exportKey(format, key) {
    check(this, 'exportKey', arguments, 2);
    const { exportKey, isCryptoKey } = parts();
    return exportKey(formatOf(format), keyOf(key, 'key', isCryptoKey));
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    check(this, 'wrapKey', arguments, 4);
    const { cipher, exportKey, isCryptoKey, normalize } = parts();
    const normal = normalize('wrapKey', wrapAlgorithm);
    permit(keyOf(wrappingKey, 'wrappingKey', isCryptoKey), normal, 'wrapKey');
    const exported = exportKey(formatOf(format), keyOf(key, 'key', isCryptoKey));
    const data = exported instanceof ArrayBuffer ? new Uint8Array(exported) : new TextEncoder().encode(JSON.stringify(exported));
    return cipher(normal, wrappingKey, data, true);
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    check(this, 'unwrapKey', arguments, 7);
    const { bytes, cipher, importKey, isCryptoKey, normalize } = parts();
    const form = formatOf(format);
    const normal = normalize('unwrapKey', unwrapAlgorithm);
    const usages = usagesOf(keyUsages);
    permit(keyOf(unwrappingKey, 'unwrappingKey', isCryptoKey), normal, 'unwrapKey');
    let data = await cipher(normal, unwrappingKey, bytes(wrappedKey, 'wrappedKey'), false);
    if (form === 'jwk') {
      try {
        data = JSON.parse(new TextDecoder().decode(data));
      } catch {
        throw new DOMException('Invalid wrapped JWK key', 'DataError');
      }
    }
    return importKey(form, data, unwrappedKeyAlgorithm, Boolean(extractable), usages);
  }
}

class Crypto {
  #subtle;

  constructor(token) {
    if (token !== kToken) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    Crypto.#check(this);
    return this.#subtle ??= new SubtleCrypto(kToken);
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#subtle in value)) throw new ERR_INVALID_THIS('Crypto');
  }

  getRandomValues(array) {
    Crypto.#check(this);
    return getRandomValues(array);
  }

  randomUUID(options) {
    Crypto.#check(this);
    return randomUUID(options);
  }
}
for (const [constructor, name] of [[SubtleCrypto, 'SubtleCrypto'], [Crypto, 'Crypto']]) {
  Object.defineProperty(constructor.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}

module.exports = {
  Crypto,
  get CryptoKey() { return require('internal/crypto/subtle/keys').CryptoKey; },
  SubtleCrypto,
  webcrypto: new Crypto(kToken),
};
