'use strict';
// require('_http_common'): an older name for a part of http. The parser itself is Rust's and not to be had.

const { parsers } = require('internal/http/parsers');
const { METHODS } = require('internal/http/status');
const { hasInvalidHeaderChar, isToken } = require('internal/http/validate');

module.exports = {
  _checkInvalidHeaderChar: hasInvalidHeaderChar,
  _checkIsHttpToken: isToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  methods: METHODS.toSorted(),
  parsers,
};
