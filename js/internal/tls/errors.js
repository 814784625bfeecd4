'use strict';
// The errors of TLS connections, which have OpenSSL's codes.

// `reason` in capitals, as after ERR_SSL_; `text` is what rustls says of it.
function sslError(reason, text) {
  const words = reason.toLowerCase().replaceAll('_', ' ');
  const err = new Error(`error:SSL routines::${words}${text ? `: ${text}` : ''}`);
  err.library = 'SSL routines';
  err.reason = words;
  err.code = `ERR_SSL_${reason}`;
  return err;
}

// Complaints that end where the system's certificates are trusted, too.
const MAY_BE_INSTALLED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'];

// What `verify` of a native connection complains of.
function verifyError([code, words]) {
  const hint = MAY_BE_INSTALLED.includes(code) ? '; if the root CA is installed locally, try running rtjs with --use-system-ca' : '';
  const err = new Error(`${words}${hint}`);
  err.code = code;
  return err;
}

module.exports = { sslError, verifyError };
