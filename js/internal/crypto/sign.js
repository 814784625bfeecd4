'use strict';

// crypto.Sign, crypto.Verify, sign() and verify().

const { Buffer } = require('buffer');
const {
  codes: {
    ERR_CRYPTO_INVALID_DIGEST, ERR_CRYPTO_SIGN_KEY_REQUIRED, ERR_CRYPTO_UNSUPPORTED_OPERATION, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateFunction, validateString } = require('internal/validators');
const { Writable } = require('stream');
const { anyHandle, privateHandle } = require('internal/crypto/asymmetric');
const { bytesOf, encode, viewBytes } = require('internal/crypto/bytes');
const { isKnown } = require('internal/crypto/hash');
const { run, start, toBuffer } = require('internal/crypto/job');

const kParts = Symbol('kParts');
const kAlgorithm = Symbol('kAlgorithm');

const SALT_DEFAULT = -4;
// Up to here a message is kept: whole messages are signed faster than hashes.
const KEPT = 16384;

function intOption(options, name) {
  const value = options[name];
  if (value === undefined) return undefined;
  if (value === value >> 0) return value;
  throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
}

// Padding, salt and form of the signature, from where the key is as well.
function schemeOf(key) {
  const options = key === null || typeof key !== 'object' ? {} : key;
  const { dsaEncoding } = options;
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  return [intOption(options, 'padding') ?? 0, intOption(options, 'saltLength') ?? SALT_DEFAULT, dsaEncoding === 'ieee-p1363'];
}

function notInitialised() {
  const error = new Error('Not initialised');
  error.code = 'ERR_CRYPTO_INVALID_STATE';
  return error;
}

function begin(stream, algorithm, options) {
  validateString(algorithm, 'algorithm');
  if (!isKnown(algorithm)) {
    const error = new TypeError('Invalid digest');
    error.code = 'ERR_CRYPTO_INVALID_DIGEST';
    throw error;
  }
  stream[kAlgorithm] = algorithm;
  stream[kParts] = { chunks: [], length: 0, hash: null, done: false };
  Writable.call(stream, options);
}

// All that came, or its hash, once: [bytes, whether they are the hash].
function finish(stream) {
  const parts = stream[kParts];
  if (parts.done) throw notInitialised();
  parts.done = true;
  if (parts.hash !== null) return [parts.hash.digest(), true];
  return [parts.chunks.length === 1 ? parts.chunks[0] : Buffer.concat(parts.chunks), false];
}

function take(stream, bytes) {
  const parts = stream[kParts];
  if (parts.done) throw notInitialised();
  if (parts.hash === null && parts.length + bytes.byteLength <= KEPT) {
    parts.length += bytes.byteLength;
    parts.chunks.push(bytes);
    return;
  }
  if (parts.hash === null) {
    parts.hash = new ops.CryptoHash(stream[kAlgorithm], null);
    for (const chunk of parts.chunks) parts.hash.update(chunk);
    parts.chunks = null;
  }
  parts.hash.update(bytes);
}

// Some keys sign messages, not hashes.
function refuseWhole(handle) {
  if (handle.details().kind === 'ed25519') throw new ERR_CRYPTO_UNSUPPORTED_OPERATION();
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  begin(this, algorithm, options);
}
Object.setPrototypeOf(Sign.prototype, Writable.prototype);
Object.setPrototypeOf(Sign, Writable);

Sign.prototype._write = function _write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
};

Sign.prototype.update = function update(data, encoding) {
  let bytes;
  if (typeof data === 'string') bytes = bytesOf(data, 'data', encoding);
  // The program may change its own bytes before the signature is made.
  else if (isArrayBufferView(data)) bytes = viewBytes(data).slice();
  else throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  take(this, bytes);
  return this;
};

Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const handle = privateHandle(options);
  const scheme = schemeOf(options);
  refuseWhole(handle);
  return encode(run(ops.op_crypto_sign_job(handle, this[kAlgorithm], ...finish(this), ...scheme, null)), encoding);
};

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  begin(this, algorithm, options);
}
Object.setPrototypeOf(Verify.prototype, Writable.prototype);
Object.setPrototypeOf(Verify, Writable);
Verify.prototype._write = Sign.prototype._write;
Verify.prototype.update = Sign.prototype.update;

Verify.prototype.verify = function verify(options, signature, encoding) {
  const bytes = bytesOf(signature, 'signature', encoding);
  const handle = anyHandle(options);
  const scheme = schemeOf(options);
  refuseWhole(handle);
  return run(ops.op_crypto_sign_job(handle, this[kAlgorithm], ...finish(this), ...scheme, bytes));
};

// The name of the hash that is meant, '' where the key has its own way.
function digestFor(algorithm, handle) {
  if (algorithm === null || algorithm === undefined) return handle.details().kind === 'ed25519' ? '' : 'sha256';
  if (!isKnown(algorithm)) throw new ERR_CRYPTO_INVALID_DIGEST(algorithm);
  return algorithm;
}

function check(algorithm, data, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  return bytesOf(data, 'data');
}

function signOnce(algorithm, data, key, callback) {
  const bytes = check(algorithm, data, callback);
  if (!key) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const scheme = schemeOf(key);
  const handle = privateHandle(key);
  const job = ops.op_crypto_sign_job(handle, digestFor(algorithm, handle), bytes, false, ...scheme, null);
  if (callback === undefined) return encode(run(job));
  start(job, callback, toBuffer);
  return undefined;
}

function verifyOnce(algorithm, data, key, signature, callback) {
  const bytes = check(algorithm, data, callback);
  const scheme = schemeOf(key);
  const signatureBytes = bytesOf(signature, 'signature');
  const handle = anyHandle(key);
  const job = ops.op_crypto_sign_job(handle, digestFor(algorithm, handle), bytes, false, ...scheme, signatureBytes);
  if (callback === undefined) return run(job);
  start(job, callback);
  return undefined;
}

module.exports = { Sign, Verify, signOnce, verifyOnce };
