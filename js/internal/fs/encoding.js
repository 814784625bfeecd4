'use strict';
// Encodings by the numbers that ops take.

const { getEncoding } = require('internal/buffer/encodings');

const kUtf8 = 0;

function encodingCode(encoding) {
  if (encoding === undefined || encoding === null || encoding === 'utf8') return kUtf8;
  return getEncoding(encoding)?.code ?? kUtf8;
}

module.exports = { encodingCode, kUtf8 };
