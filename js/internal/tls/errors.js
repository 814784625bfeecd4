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

// What `verify` of a native connection complains of.
function verifyError([code, words]) {
  const err = new Error(words);
  err.code = code;
  return err;
}

module.exports = { sslError, verifyError };
