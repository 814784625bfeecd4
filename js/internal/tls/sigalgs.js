'use strict';
// Signature algorithms by OpenSSL's names.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');

// Those that rustls has, by the numbers that they have in the protocol.
const names = {
  0x0403: 'ECDSA+SHA256',
  0x0503: 'ECDSA+SHA384',
  0x0807: 'Ed25519+UNDEF',
  0x0804: 'RSA-PSS+SHA256',
  0x0805: 'RSA-PSS+SHA384',
  0x0806: 'RSA-PSS+SHA512',
  0x0401: 'RSA+SHA256',
  0x0501: 'RSA+SHA384',
  0x0601: 'RSA+SHA512',
};

// The same by their standard names.
const standard = {
  '__proto__': null,
  'ecdsa_secp256r1_sha256': 0x0403,
  'ecdsa_secp384r1_sha384': 0x0503,
  'ed25519': 0x0807,
  'rsa_pss_rsae_sha256': 0x0804,
  'rsa_pss_rsae_sha384': 0x0805,
  'rsa_pss_rsae_sha512': 0x0806,
  'rsa_pkcs1_sha256': 0x0401,
  'rsa_pkcs1_sha384': 0x0501,
  'rsa_pkcs1_sha512': 0x0601,
};
for (const scheme of Object.keys(names)) standard[names[scheme].toLowerCase()] = Number(scheme);

// What OpenSSL has besides.
const ELSEWHERE = /^(?:(?:rsa|rsa-pss|pss|ecdsa|dsa)\+sha(?:1|224|256|384|512)|rsa_pss_pss_sha\d+|rsa_pkcs1_sha\d+|ecdsa_\w+|ed448|ed448\+undef)$/;

// The schemes of a list with colons. Those that rustls does not have are passed over where others are left.
function parseSigalgs(list) {
  const found = new Set();
  const missing = [];
  for (const word of list.split(':')) {
    const scheme = standard[word.toLowerCase()];
    if (scheme !== undefined) found.add(scheme);
    else if (ELSEWHERE.test(word.toLowerCase())) missing.push(word);
    else throw new ERR_INVALID_ARG_VALUE('options.sigalgs', list, `${word} is no signature algorithm`);
  }
  if (found.size === 0) throw new ERR_INVALID_ARG_VALUE('options.sigalgs', list, `rustls has none of ${missing.join(', ')}`);
  return [...found];
}

// Those of a client's that a context takes, in the order of the context's; `allowed` is undefined for all.
function sharedSigalgs(schemes, allowed) {
  const shared = allowed?.filter((scheme) => schemes.includes(scheme)) ?? schemes;
  return shared.filter((scheme) => names[scheme] !== undefined).map((scheme) => names[scheme]);
}

module.exports = { parseSigalgs, sharedSigalgs };
