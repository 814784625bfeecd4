'use strict';
// The error for bytes that are no message.

const { Buffer } = require('buffer');
const { genericNodeError } = require('internal/errors');

// `details` are [code, reason, bytes parsed of the last piece, that piece].
function parseError([code, reason, bytesParsed, packet]) {
  // As in Node, an end that comes too early has no bytes to show.
  if (code === 'HPE_INVALID_EOF_STATE') return genericNodeError('Parse Error', { bytesParsed: 0, code, reason });
  const err = genericNodeError(`Parse Error: ${reason}`, { code, reason, bytesParsed });
  err.rawPacket = Buffer.from(packet);
  return err;
}

module.exports = { parseError };
