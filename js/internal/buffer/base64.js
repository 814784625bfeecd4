'use strict';
// The globals atob and btoa, as the HTML standard defines them: strings of bytes, errors that are
// DOMExceptions. Buffer's own base64 is in internal/buffer/encodings.

const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');

function invalidCharacter(message) {
  return new DOMException(message, 'InvalidCharacterError');
}

function btoa(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const encoded = ops.op_os_buffer_btoa(`${input}`);
  if (encoded === null) throw invalidCharacter('Invalid character');
  return encoded;
}

function atob(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const decoded = ops.op_os_buffer_atob(`${input}`);
  if (typeof decoded === 'string') return decoded;
  throw invalidCharacter(decoded === 0 ?
    'Invalid character' : 'The string to be decoded is not correctly encoded.');
}

module.exports = { atob, btoa };
