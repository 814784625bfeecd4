'use strict';
// Which header names and values may go out.

const {
  codes: { ERR_HTTP_INVALID_HEADER_VALUE, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_INVALID_HTTP_TOKEN },
} = require('internal/errors');

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

function isToken(text) {
  return TOKEN.test(text);
}

function hasInvalidHeaderChar(value) {
  return BAD_VALUE.test(value);
}

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || name === '' || !isToken(name)) throw new ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (hasInvalidHeaderChar(value)) throw new ERR_INVALID_CHAR('header content', name);
}

// Node's lenient parser takes what request smuggling lives on; there is none here.
function refuseInsecureParser(value) {
  if (value) throw new ERR_INVALID_ARG_VALUE('options.insecureHTTPParser', value, 'is not supported');
}

module.exports = { hasInvalidHeaderChar, isToken, refuseInsecureParser, validateHeaderName, validateHeaderValue };
