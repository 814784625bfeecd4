'use strict';

// RSA for encryption and for signatures without a hash.

const { validateString } = require('internal/validators');
const { anyHandle, privateHandle } = require('internal/crypto/asymmetric');
const { bytesOf, encode } = require('internal/crypto/bytes');
const { RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING } = require('internal/crypto/constants');
const { isKnown } = require('internal/crypto/hash');
const { run } = require('internal/crypto/job');

const NONE = new Uint8Array(0);

function forSignaturesOnly() {
  const error = new Error('error:1C8000B2:Provider routines::operation not supported for this keytype');
  return Object.assign(error, { library: 'Provider routines', reason: 'operation not supported for this keytype',
                                code: 'ERR_OSSL_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE' });
}

function operation(what, handleOf, usualPadding) {
  return {
    [what](options, buffer) {
      const { padding = usualPadding, oaepHash, oaepLabel, encoding } = options ?? {};
      const label = oaepLabel === undefined ? NONE : bytesOf(oaepLabel, 'key.oaepLabel', encoding);
      if (oaepHash !== undefined) {
        validateString(oaepHash, 'key.oaepHash');
        if (!isKnown(oaepHash)) throw Object.assign(new Error('Invalid digest used'), { code: 'ERR_OSSL_EVP_INVALID_DIGEST' });
      }
      const handle = handleOf(options);
      if (handle.details().kind === 'rsa-pss') throw forSignaturesOnly();
      const bytes = bytesOf(buffer, 'buffer', encoding);
      return encode(run(ops.op_crypto_rsa_job(what, handle, padding, oaepHash ?? 'sha1', label, bytes)));
    },
  }[what];
}

module.exports = {
  privateDecrypt: operation('privateDecrypt', privateHandle, RSA_PKCS1_OAEP_PADDING),
  privateEncrypt: operation('privateEncrypt', privateHandle, RSA_PKCS1_PADDING),
  publicDecrypt: operation('publicDecrypt', anyHandle, RSA_PKCS1_PADDING),
  publicEncrypt: operation('publicEncrypt', anyHandle, RSA_PKCS1_OAEP_PADDING),
};
