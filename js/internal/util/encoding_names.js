'use strict';
// The spellings of the encodings that strings and bytes are converted with. The conversions themselves are buffer's.

const CANONICAL = {
  __proto__: null,
  'utf8': 'utf8',
  'utf-8': 'utf8',
  'utf16le': 'utf16le',
  'utf-16le': 'utf16le',
  'ucs2': 'utf16le',
  'ucs-2': 'utf16le',
  'latin1': 'latin1',
  'binary': 'latin1',
  'base64': 'base64',
  'base64url': 'base64url',
  'hex': 'hex',
  'ascii': 'ascii',
};

// The canonical name, 'utf8' for nothing at all, or undefined for what is not an encoding.
function normalizeEncoding(encoding) {
  if (encoding == null || encoding === '') return 'utf8';
  const known = CANONICAL[encoding];
  if (known !== undefined) return known;
  return typeof encoding === 'string' ? CANONICAL[encoding.toLowerCase()] : undefined;
}

module.exports = { normalizeEncoding };
