'use strict';

// The web's algorithms: which operation knows which, and what each needs to be told.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_OPTION } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

const HASHES = {
  '__proto__': null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256', 'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512',
};
const HASH_BITS = { '__proto__': null, 'SHA-1': 160, 'SHA-256': 256, 'SHA-384': 384, 'SHA-512': 512 };
const BLOCK_BITS = {
  '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832, 'SHA3-512': 576,
};
const CURVES = { '__proto__': null, 'P-256': 256, 'P-384': 384, 'P-521': 521 };

function fail(message, name) {
  return new DOMException(message, name);
}

// Bytes that the program may change later are copied.
function bytes(value, name) {
  if (isArrayBufferView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  if (isAnyArrayBuffer(value)) return new Uint8Array(value).slice();
  throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function integer(max) {
  return (value, name) => {
    const number = Number(value);
    if (!Number.isFinite(number) || number < 0 || number > max) {
      throw new ERR_INVALID_ARG_TYPE(name, `an integer from 0 to ${max}`, value);
    }
    return Math.trunc(number);
  };
}

const octet = integer(0xff);
const short = integer(0xffff);
const long = integer(0xffffffff);

function hash(value) {
  return normalize('digest', value);
}

function text(value) {
  return `${value}`;
}

function key(value, name) {
  const { isCryptoKey } = require('internal/crypto/subtle/keys');
  if (!isCryptoKey(value)) throw new ERR_INVALID_ARG_TYPE(name, 'CryptoKey', value);
  return value;
}

function exponent(value, name) {
  if (!(value instanceof Uint8Array)) throw new ERR_INVALID_ARG_TYPE(name, 'Uint8Array', value);
  return value.slice();
}

// What must be said, and what may be.
const NOTHING = [{}, {}];
const HASH = [{ hash }, {}];
const CURVE = [{ namedCurve: text }, {}];
const RSA = [{ modulusLength: long, publicExponent: exponent, hash }, {}];
const AES = [{ length: short }, {}];
const HMAC = [{ hash }, { length: long }];
const IV = [{ iv: bytes }, {}];
const GCM = [{ iv: bytes }, { additionalData: bytes, tagLength: octet }];
const CTR = [{ counter: bytes, length: octet }, {}];
const PUBLIC = [{ public: key }, {}];

const AES_NAMES = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'];
const RSA_NAMES = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];

function table(entries) {
  const found = { __proto__: null };
  for (const [names, needs] of entries) {
    for (const name of [names].flat()) found[name.toLowerCase()] = [name, needs];
  }
  return found;
}

const signatures = [[['RSASSA-PKCS1-v1_5', 'HMAC', 'Ed25519'], NOTHING], ['RSA-PSS', [{ saltLength: long }, {}]], ['ECDSA', HASH]];
const encryption = [['RSA-OAEP', [{}, { label: bytes }]], ['AES-CBC', IV], ['AES-CTR', CTR], ['AES-GCM', GCM]];
const wrapping = [...encryption, ['AES-KW', NOTHING]];
const OPERATIONS = {
  __proto__: null,
  digest: table([[Object.keys(HASHES), NOTHING]]),
  sign: table(signatures),
  verify: table(signatures),
  encrypt: table(encryption),
  decrypt: table(encryption),
  wrapKey: table(wrapping),
  unwrapKey: table(wrapping),
  deriveBits: table([
    ['HKDF', [{ hash, salt: bytes, info: bytes }, {}]], ['PBKDF2', [{ hash, salt: bytes, iterations: long }, {}]], [['ECDH', 'X25519'], PUBLIC],
  ]),
  generateKey: table([[RSA_NAMES, RSA], [['ECDSA', 'ECDH'], CURVE], [['Ed25519', 'X25519'], NOTHING], [AES_NAMES, AES], ['HMAC', HMAC]]),
  importKey: table([
    [RSA_NAMES, HASH], [['ECDSA', 'ECDH'], CURVE], [['Ed25519', 'X25519'], NOTHING], [AES_NAMES, NOTHING], ['HMAC', HMAC], [['HKDF', 'PBKDF2'], NOTHING],
  ]),
  keyLength: table([[AES_NAMES, AES], ['HMAC', HMAC], [['HKDF', 'PBKDF2'], NOTHING]]),
};

// The algorithm that `value` means for an operation, with all that it needs; a fresh object.
function normalize(operation, value) {
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject && typeof value !== 'string') throw new ERR_INVALID_ARG_TYPE('algorithm', ['string', 'Object'], value);
  if (isObject && value.name === undefined) throw new ERR_MISSING_OPTION('algorithm.name');
  const found = OPERATIONS[operation][`${isObject ? value.name : value}`.toLowerCase()];
  if (found === undefined) throw fail('Unrecognized algorithm name', 'NotSupportedError');
  const [name, [required, optional]] = found;
  const algorithm = { name };
  for (const [member, convert] of Object.entries(required)) {
    const given = isObject ? value[member] : undefined;
    if (given === undefined) throw new ERR_MISSING_OPTION(`algorithm.${member}`);
    algorithm[member] = convert(given, `algorithm.${member}`);
  }
  for (const [member, convert] of Object.entries(optional)) {
    const given = isObject ? value[member] : undefined;
    if (given !== undefined) algorithm[member] = convert(given, `algorithm.${member}`);
  }
  return algorithm;
}

module.exports = { BLOCK_BITS, CURVES, HASHES, HASH_BITS, bytes, fail, normalize };
