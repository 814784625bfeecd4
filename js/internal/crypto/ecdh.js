'use strict';

// crypto.ECDH, diffieHellman() and the curves' names.

const {
  codes: {
    ERR_CRYPTO_ECDH_INVALID_FORMAT, ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY, ERR_CRYPTO_INCOMPATIBLE_KEY, ERR_CRYPTO_INVALID_CURVE,
    ERR_CRYPTO_INVALID_KEYPAIR, ERR_CRYPTO_INVALID_KEYTYPE, ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_CRYPTO_OPERATION_FAILED, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { deprecate } = require('internal/util/deprecate');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { bytesOf, encode } = require('internal/crypto/bytes');
const { run, start, toBuffer } = require('internal/crypto/job');
const { anyHandle, privateHandle } = require('internal/crypto/asymmetric');
const { KeyObject, handleOf } = require('internal/crypto/keys');

const CURVES = ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'];
const ALIASES = { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', 'secp256r1': 'prime256v1' };

function getCurves() {
  return [...CURVES];
}

function curveOf(name) {
  const curve = ALIASES[name] ?? name;
  if (!CURVES.includes(curve)) throw new ERR_CRYPTO_INVALID_CURVE();
  return curve;
}

// A point as its format wants it.
function pointOf(handle, format) {
  if (format === undefined || format === 'uncompressed') return handle.raw(false);
  if (format === 'compressed') return handle.raw(true);
  if (format !== 'hybrid') throw new ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  const point = handle.raw(false);
  point[0] = 6 | (point[point.length - 1] & 1);
  return point;
}

function publicOfPoint(curve, point) {
  try {
    return ops.op_crypto_key_from_raw('ec', curve, false, point);
  } catch {
    return undefined;
  }
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  validateString(curve, 'curve');
  Object.defineProperties(this, {
    _curve: { __proto__: null, value: curveOf(curve), enumerable: false },
    _private: { __proto__: null, value: null, writable: true, enumerable: false },
    _public: { __proto__: null, value: null, writable: true, enumerable: false },
  });
}

ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  validateString(curve, 'curve');
  const point = bytesOf(key, 'key', inputEncoding);
  if (format !== undefined && format !== 'uncompressed' && format !== 'compressed' && format !== 'hybrid') {
    throw new ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  }
  const handle = publicOfPoint(curveOf(curve), point);
  if (handle === undefined) throw new ERR_CRYPTO_OPERATION_FAILED('Failed to convert Buffer to EC_POINT');
  return encode(pointOf(handle, format), outputEncoding);
};

ECDH.prototype.generateKeys = function generateKeys(encoding, format) {
  [this._public, this._private] = run(ops.op_crypto_generate_job('ec', this._curve));
  return this.getPublicKey(encoding, format);
};

ECDH.prototype.getPublicKey = function getPublicKey(encoding, format) {
  if (this._public === null) throw new ERR_CRYPTO_OPERATION_FAILED('Failed to get ECDH public key');
  return encode(pointOf(this._public, format), encoding);
};

ECDH.prototype.getPrivateKey = function getPrivateKey(encoding) {
  if (this._private === null) throw new ERR_CRYPTO_OPERATION_FAILED('Failed to get ECDH private key');
  return encode(new Uint8Array(this._private.parts()[2]), encoding);
};

ECDH.prototype.setPrivateKey = function setPrivateKey(key, encoding) {
  const bytes = bytesOf(key, 'key', encoding);
  try {
    this._private = ops.op_crypto_key_from_raw('ec', this._curve, true, bytes);
  } catch {
    throw new ERR_CRYPTO_INVALID_KEYTYPE('Private key is not valid for specified curve.');
  }
  this._public = this._private.publicHalf();
};

ECDH.prototype.setPublicKey = deprecate(function setPublicKey(key, encoding) {
  const handle = publicOfPoint(this._curve, bytesOf(key, 'key', encoding));
  if (handle === undefined) throw new ERR_CRYPTO_OPERATION_FAILED('Failed to convert Buffer to EC_POINT');
  this._public = handle;
}, 'ecdh.setPublicKey() is deprecated.', 'DEP0031');

ECDH.prototype.computeSecret = function computeSecret(key, inputEncoding, outputEncoding) {
  const point = bytesOf(key, 'otherPublicKey', inputEncoding);
  const handle = publicOfPoint(this._curve, point);
  if (handle === undefined) throw new ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
  if (this._private === null || !this._private.publicHalf().equals(this._public)) throw new ERR_CRYPTO_INVALID_KEYPAIR();
  return encode(run(ops.op_crypto_agree_job(this._private, handle)), outputEncoding);
};

function halfOf(key, name, wantsPrivate) {
  if (key instanceof KeyObject) {
    if (wantsPrivate && key.type !== 'private') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
    if (!wantsPrivate && key.type === 'secret') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
    return handleOf(key);
  }
  if (key === undefined) throw new ERR_INVALID_ARG_VALUE(name, key);
  return wantsPrivate ? privateHandle(key, name) : anyHandle(key, name);
}

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const privateKey = halfOf(options.privateKey, 'options.privateKey', true);
  const publicKey = halfOf(options.publicKey, 'options.publicKey', false);
  const [own, theirs] = [privateKey.details(), publicKey.details()];
  if (own.kind !== theirs.kind) throw new ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${own.kind} and ${theirs.kind}`);
  const job = ops.op_crypto_agree_job(privateKey, publicKey);
  if (callback === undefined) return encode(run(job));
  start(job, callback, toBuffer);
  return undefined;
}

module.exports = { ECDH, diffieHellman, getCurves };
