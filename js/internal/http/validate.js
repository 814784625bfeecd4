'use strict';
// Which header names and values may go out.

const {
  codes: { ERR_HTTP_INVALID_HEADER_VALUE, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_INVALID_HTTP_TOKEN },
} = require('internal/errors');

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

const SHORT = 32;
// Programs use the same few names.
const goodNames = new Map();
const MOST_NAMES = 256;
// Longer values are rather one message's own.
const KEPT = 128;
// Names that say something of framing or of the connection.
const SPECIAL = ['connection', 'content-length', 'date', 'expect', 'keep-alive', 'trailer', 'transfer-encoding'];

// A name that may go out: how its line begins, behind the line before, and what it is called where it is a special one, else null.
// Most values come again with the next message: the last one's line is kept once it has come twice.
class HeaderName {
  #start;
  #value = '';
  #line = null;

  constructor(name) {
    const key = name.toLowerCase();
    this.#start = `\r\n${name}: `;
    this.special = SPECIAL.includes(key) ? key : null;
  }

  // Throws for a value that may not go out, if that is to be looked at; `name` is for the message.
  line(name, value, validate) {
    if (value === this.#value) return this.#line ??= flat(`${this.#start}${value}`);
    if (validate) validateHeaderValue(name, value);
    if (typeof value === 'string' && value.length <= KEPT && (validate || !hasInvalidHeaderChar(value))) {
      this.#value = value;
      this.#line = null;
    }
    return `${this.#start}${value}`;
  }
}

// The same text in one piece.
function flat(text) {
  text.charCodeAt(0);
  return text;
}

function isToken(text) {
  return TOKEN.test(text);
}

function hasInvalidHeaderChar(value) {
  if (typeof value === 'number') return false;
  if (typeof value !== 'string' || value.length > SHORT) return BAD_VALUE.test(value);
  // Of a few characters, calling a regular expression is the larger part of its cost.
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 ? code !== 0x09 : code === 0x7f || code > 0xff) return true;
  }
  return false;
}

function headerName(name, label) {
  const good = goodNames.get(name);
  if (good !== undefined) return good;
  if (typeof name !== 'string' || name === '' || !isToken(name)) throw new ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  const made = new HeaderName(name);
  if (goodNames.size < MOST_NAMES) goodNames.set(name, made);
  return made;
}

function validateHeaderName(name, label) {
  headerName(name, label);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (hasInvalidHeaderChar(value)) throw new ERR_INVALID_CHAR('header content', name);
}

// Node's lenient parser takes what request smuggling lives on; there is none here.
function refuseInsecureParser(value) {
  if (value) throw new ERR_INVALID_ARG_VALUE('options.insecureHTTPParser', value, 'is not supported');
}

module.exports = {
  hasInvalidHeaderChar, headerName, isToken, refuseInsecureParser, validateHeaderName, validateHeaderValue,
};
