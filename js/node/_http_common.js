'use strict';
// require('_http_common'): an older name for a part of http.

const { HTTPParser } = require('internal/http/http_parser');
const { parsers } = require('internal/http/parsers');
const { PARSER_METHODS } = require('internal/http/status');
const { hasInvalidHeaderChar, isToken } = require('internal/http/validate');

module.exports = {
  _checkInvalidHeaderChar: hasInvalidHeaderChar,
  _checkIsHttpToken: isToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  HTTPParser,
  methods: PARSER_METHODS,
  parsers,
};
