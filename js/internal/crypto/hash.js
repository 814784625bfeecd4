'use strict';

// crypto.Hash and crypto.Hmac, which are streams as well, and crypto.hash().

const { Buffer } = require('buffer');
const {
  codes: { ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_INVALID_DIGEST, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateObject, validateString } = require('internal/validators');
const { Transform } = require('stream');
const { bytesOf, encode, viewBytes } = require('internal/crypto/bytes');
const { secretBytes } = require('internal/crypto/keys');

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');

const names = { __proto__: null };

// Whether there is such an algorithm, asked once for each.
function isKnown(algorithm) {
  if (names[algorithm] === undefined) {
    try {
      new ops.CryptoHash(algorithm, null);
      names[algorithm] = true;
    } catch {
      names[algorithm] = false;
    }
  }
  return names[algorithm];
}

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  let handle;
  if (algorithm instanceof Hash) {
    if (algorithm[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
    handle = algorithm[kHandle].copy();
  } else {
    validateString(algorithm, 'algorithm');
    if (!isKnown(algorithm)) throw new Error('Digest method not supported');
    handle = new ops.CryptoHash(algorithm, null);
  }
  start(this, handle, options);
}
Object.setPrototypeOf(Hash, Transform);
Hash.prototype = Object.create(Transform.prototype, {
  constructor: { __proto__: null, value: Hash, writable: true, configurable: true },
});

function start(stream, handle, options) {
  stream[kHandle] = handle;
  stream[kState] = { finalized: false };
  Transform.call(stream, options);
}

Hash.prototype.copy = function copy(options) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this, options);
};

Hash.prototype.update = function update(data, encoding) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  feed(this[kHandle], data, encoding);
  return this;
};

function feed(handle, data, encoding) {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8') handle.updateText(data);
    else handle.update(bytesOf(data, 'data', encoding));
  } else if (isArrayBufferView(data)) {
    handle.update(viewBytes(data));
  } else {
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

Hash.prototype.digest = function digest(encoding) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  this[kState].finalized = true;
  return encode(this[kHandle].digest(), encoding === undefined ? undefined : `${encoding}`);
};

Hash.prototype._transform = function(chunk, encoding, callback) {
  feed(this[kHandle], chunk, encoding);
  callback();
};

Hash.prototype._flush = function(callback) {
  this.push(this.digest());
  callback();
};

function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  const secret = secretBytes(key, options?.encoding);
  if (!isKnown(algorithm)) throw new ERR_CRYPTO_INVALID_DIGEST(algorithm);
  start(this, new ops.CryptoHash(algorithm, secret), options);
}
Object.setPrototypeOf(Hmac, Transform);
Hmac.prototype = Object.create(Transform.prototype, {
  constructor: { __proto__: null, value: Hmac, writable: true, configurable: true },
});
Hmac.prototype.update = Hash.prototype.update;
Hmac.prototype._transform = Hash.prototype._transform;
Hmac.prototype._flush = Hash.prototype._flush;

// A second time is no error here, and has nothing to say.
Hmac.prototype.digest = function digest(encoding) {
  if (this[kState].finalized) return encode(new Uint8Array(0), encoding);
  return Hash.prototype.digest.call(this, encoding);
};

function outputOf(options) {
  if (typeof options !== 'string') validateObject(options, 'options');
  const encoding = typeof options === 'string' ? options : options.outputEncoding ?? 'hex';
  validateString(encoding, 'outputEncoding');
  if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new ERR_INVALID_ARG_VALUE('outputEncoding', encoding);
  return encoding;
}

function hash(algorithm, input, options = 'hex') {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !isArrayBufferView(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  }
  if (!isKnown(algorithm)) throw new Error(`Digest method ${algorithm} is not supported`);
  const handle = new ops.CryptoHash(algorithm, null);
  feed(handle, input);
  return encode(handle.digest(), outputOf(options));
}

function getHashes() {
  return ops.op_crypto_hash_names().split(',');
}

module.exports = { Hash, Hmac, getHashes, hash, isKnown };
