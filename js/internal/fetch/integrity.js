'use strict';
// Subresource integrity: whether bytes have one of the digests that a request asks for.

const STRENGTH = ['sha256', 'sha384', 'sha512'];

// { algorithm, digest } of the strongest algorithm that is named; none where no known one is.
function parseMetadata(text) {
  let strongest = -1;
  let found = [];
  for (const token of text.split(/[\t\n\f\r ]+/)) {
    const match = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?[\x21-\x7e]*)?$/i.exec(token);
    if (match === null) continue;
    const strength = STRENGTH.indexOf(match[1].toLowerCase());
    if (strength < strongest) continue;
    if (strength > strongest) found = [];
    strongest = strength;
    found.push({ algorithm: STRENGTH[strength], digest: match[2].replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '') });
  }
  return found;
}

// Whether there is something to check.
function hasIntegrity(text) {
  return text !== '' && parseMetadata(text).length > 0;
}

function matches(bytes, text) {
  const { createHash } = require('crypto');
  return parseMetadata(text).some(({ algorithm, digest }) =>
    createHash(algorithm).update(bytes).digest('base64').replace(/=+$/, '') === digest);
}

module.exports = { hasIntegrity, matches };
