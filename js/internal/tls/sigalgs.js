'use strict';
// Signature algorithms by OpenSSL's names.

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

function sharedSigalgs(schemes) {
  return schemes.filter((scheme) => names[scheme] !== undefined).map((scheme) => names[scheme]);
}

module.exports = { sharedSigalgs };
