'use strict';

// crypto.Cipheriv and crypto.Decipheriv, which are streams as well, and what is known of ciphers.

const { StringDecoder } = require('string_decoder');
const {
  codes: {
    ERR_CRYPTO_INVALID_AUTH_TAG, ERR_CRYPTO_INVALID_IV, ERR_CRYPTO_INVALID_KEYLEN, ERR_CRYPTO_INVALID_STATE, ERR_CRYPTO_UNKNOWN_CIPHER,
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { warnOnce } = require('internal/util/deprecate');
const { isArrayBufferView } = require('internal/util/types');
const { validateEncoding, validateInt32, validateObject, validateString } = require('internal/validators');
const { Transform } = require('stream');
const { bytesOf, encode, viewBytes } = require('internal/crypto/bytes');
const { cipherInfo, cipherNames } = require('internal/crypto/cipher_info');
const { KeyObject, secretBytes } = require('internal/crypto/keys');

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');

const NONE = new Uint8Array(0);
const GCM_TAGS = new Set([4, 8, 12, 13, 14, 15, 16]);

function tagLengthOf(options, info) {
  const length = options?.authTagLength;
  if (length === undefined || length === null) return undefined;
  if (length >>> 0 !== length) throw new ERR_INVALID_ARG_VALUE('options.authTagLength', length);
  const known = info.mode === 'gcm' ? GCM_TAGS.has(length) : length >= 1 && length <= 16;
  if (isAuthenticated(info) && !known) throw new ERR_CRYPTO_INVALID_AUTH_TAG(`Invalid authentication tag length: ${length}`);
  return length;
}

function isAuthenticated(info) {
  return info.mode === 'gcm' || info.mode === 'stream';
}

// What `iv` is of a cipher that takes none is null or empty.
function checkIV(iv, info) {
  const length = iv.byteLength;
  if (info.mode === 'gcm') {
    if (length === 0) throw new ERR_CRYPTO_INVALID_IV();
  } else if (length !== (info.ivLength ?? 0)) {
    throw new ERR_CRYPTO_INVALID_IV();
  }
}

function begin(stream, encrypts, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  if (options?.encoding !== undefined) validateString(options.encoding, 'options.encoding');
  const keyBytes = key instanceof KeyObject || !isOfWeb(key) ? secretBytes(key, options?.encoding) : secretOfWeb(key);
  const ivBytes = iv === null ? NONE : bytesOf(iv, 'iv');
  const info = cipherInfo(cipher);
  if (info === undefined) throw new ERR_CRYPTO_UNKNOWN_CIPHER();
  const tagLength = tagLengthOf(options, info);
  if (keyBytes.byteLength !== info.keyLength) throw new ERR_CRYPTO_INVALID_KEYLEN();
  checkIV(ivBytes, info);
  stream[kHandle] = new ops.CryptoCipher(info.mode === 'stream' ? info.name : info.mode, keyBytes, ivBytes, encrypts);
  stream[kState] = {
    info, encrypts, tagLength, expected: null, tag: undefined, started: false, finished: false, failed: false, decoder: null, encoding: undefined,
  };
  Transform.call(stream, options);
}

function isOfWeb(key) {
  return key !== null && typeof key === 'object' && key[Symbol.toStringTag] === 'CryptoKey';
}

function secretOfWeb(key) {
  return secretBytes(require('internal/crypto/subtle/keys').keyObjectOf(key));
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  begin(this, true, cipher, key, iv, options);
}

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  begin(this, false, cipher, key, iv, options);
}

for (const constructor of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(constructor.prototype, Transform.prototype);
  Object.setPrototypeOf(constructor, Transform);
}

// All output of a stream is text in one encoding, which may cut characters.
function output(state, bytes, encoding, isLast) {
  if (!encoding || encoding === 'buffer') return encode(bytes);
  if (state.decoder === null) {
    state.decoder = new StringDecoder(encoding);
    state.encoding = encoding;
  } else if (state.encoding !== encoding && new StringDecoder(encoding).encoding !== state.decoder.encoding) {
    throw new ERR_INVALID_ARG_VALUE('outputEncoding', encoding, `cannot be changed from '${state.encoding}'`);
  }
  const chunk = encode(bytes);
  return isLast ? state.decoder.end(chunk) : state.decoder.write(chunk);
}

Cipheriv.prototype._transform = function _transform(chunk, encoding, callback) {
  let out;
  try {
    out = this.update(chunk, encoding);
  } catch (error) {
    callback(error);
    return;
  }
  this.push(out);
  callback();
};

Cipheriv.prototype._flush = function _flush(callback) {
  let out;
  try {
    out = this.final();
  } catch (error) {
    callback(error);
    return;
  }
  this.push(out);
  callback();
};

Cipheriv.prototype.update = function update(data, inputEncoding, outputEncoding) {
  let bytes;
  if (typeof data === 'string') {
    validateEncoding(data, inputEncoding);
    bytes = bytesOf(data, 'data', inputEncoding);
  } else if (isArrayBufferView(data)) {
    bytes = viewBytes(data);
  } else {
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const state = this[kState];
  if (state.finished) throw new Error('Trying to add data in unsupported state');
  state.started = true;
  return output(state, this[kHandle].update(bytes), outputEncoding, false);
};

Cipheriv.prototype.final = function final(outputEncoding) {
  const state = this[kState];
  if (state.finished) {
    const error = new ERR_CRYPTO_INVALID_STATE('final');
    error.message = 'Invalid state';
    throw error;
  }
  state.finished = true;
  const checks = !state.encrypts && isAuthenticated(state.info);
  if (checks && state.expected === null) throw new Error('Unsupported state or unable to authenticate data');
  return output(state, this[kHandle].finish(checks ? state.expected : null), outputEncoding, true);
};

Cipheriv.prototype.setAutoPadding = function setAutoPadding(on) {
  if (this[kState].finished) throw new ERR_CRYPTO_INVALID_STATE('setAutoPadding');
  this[kHandle].setPadding(on === undefined || Boolean(on));
  return this;
};

Cipheriv.prototype.setAAD = function setAAD(data, options) {
  const encoding = options?.encoding;
  const bytes = bytesOf(data, 'buffer', encoding);
  if (options?.plaintextLength !== undefined) validateInt32(options.plaintextLength, 'options.plaintextLength', 0);
  const state = this[kState];
  if (state.finished || state.started || !isAuthenticated(state.info)) throw new ERR_CRYPTO_INVALID_STATE('setAAD');
  this[kHandle].additional(bytes);
  return this;
};

Cipheriv.prototype.getAuthTag = function getAuthTag() {
  const state = this[kState];
  if (!state.finished || !isAuthenticated(state.info)) throw new ERR_CRYPTO_INVALID_STATE('getAuthTag');
  state.tag ??= this[kHandle].tag().slice(0, state.tagLength ?? 16);
  return encode(state.tag);
};

Decipheriv.prototype.setAuthTag = function setAuthTag(tag, encoding) {
  const bytes = bytesOf(tag, 'buffer', encoding);
  const state = this[kState];
  if (state.finished || !isAuthenticated(state.info) || state.expected !== null) throw new ERR_CRYPTO_INVALID_STATE('setAuthTag');
  const length = bytes.byteLength;
  const wanted = state.tagLength ?? (state.info.mode === 'gcm' ? undefined : 16);
  const fits = wanted === undefined ? GCM_TAGS.has(length) : length === wanted;
  if (!fits) throw new ERR_CRYPTO_INVALID_AUTH_TAG(`Invalid authentication tag length: ${length}`);
  if (wanted === undefined && length < 16) {
    warnOnce('Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option when ' +
      'initializing decryption is deprecated.', 'DEP0182');
  }
  state.expected = bytes.slice();
  return this;
};

for (const name of ['_transform', '_flush', 'update', 'final', 'setAutoPadding', 'setAAD']) Decipheriv.prototype[name] = Cipheriv.prototype[name];

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    if (keyLength !== undefined) validateInt32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateInt32(ivLength, 'options.ivLength');
  }
  const info = cipherInfo(nameOrNid);
  if (info === undefined || (keyLength !== undefined && keyLength !== info.keyLength)) return undefined;
  const result = { __proto__: null, ...info };
  if (ivLength !== undefined) {
    const fits = info.mode === 'gcm' ? ivLength > 0 : ivLength === info.ivLength;
    if (!fits) return undefined;
    result.ivLength = ivLength;
  }
  return result;
}

module.exports = { Cipheriv, Decipheriv, getCipherInfo, getCiphers: cipherNames };
