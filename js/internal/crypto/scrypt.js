'use strict';

// Keys from passwords: scrypt.

const { Buffer } = require('buffer');
const {
  codes: { ERR_CRYPTO_INVALID_SCRYPT_PARAMS, ERR_INCOMPATIBLE_OPTION_PAIR },
} = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateUint32 } = require('internal/validators');
const { bytesOf } = require('internal/crypto/bytes');
const { start, toBuffer } = require('internal/crypto/job');

// Each number has two names.
const NAMES = [['N', 'cost'], ['r', 'blockSize'], ['p', 'parallelization']];

// What is to be derived, checked.
function derivation(password, salt, length, options) {
  const passwordBytes = bytesOf(password, 'password');
  const saltBytes = bytesOf(salt, 'salt');
  validateInt32(length, 'keylen', 0);
  const values = { N: 16384, r: 8, p: 1 };
  let memory = 32 * 1024 * 1024;
  for (const [short, long] of NAMES) {
    for (const name of [short, long]) {
      if (options?.[name] === undefined) continue;
      validateUint32(options[name], name);
      if (name === long && options[short] !== undefined) throw new ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
      values[short] = options[name];
    }
  }
  if (options?.maxmem !== undefined) {
    validateInteger(options.maxmem, 'maxmem', 0);
    memory = options.maxmem;
  }
  const { N, r, p } = values;
  if (N < 2 || (N & (N - 1)) !== 0 || r === 0 || p === 0) throw new ERR_CRYPTO_INVALID_SCRYPT_PARAMS('Invalid scrypt params');
  if (128 * N * r + 128 * r * p > memory) {
    throw new ERR_CRYPTO_INVALID_SCRYPT_PARAMS('Invalid scrypt params: memory limit exceeded');
  }
  return { passwordBytes, saltBytes, N, r, p };
}

function scryptSync(password, salt, length, options) {
  const { passwordBytes, saltBytes, N, r, p } = derivation(password, salt, length, options);
  const key = Buffer.alloc(length);
  ops.op_crypto_scrypt(passwordBytes, saltBytes, N, r, p, key);
  return key;
}

function scrypt(password, salt, length, options, callback) {
  if (callback === undefined && typeof options === 'function') [callback, options] = [options, undefined];
  const { passwordBytes, saltBytes, N, r, p } = derivation(password, salt, length, options);
  validateFunction(callback, 'callback');
  start(ops.op_crypto_scrypt_job(passwordBytes, saltBytes, N, r, p, length), callback, toBuffer);
}

module.exports = { scrypt, scryptSync };
