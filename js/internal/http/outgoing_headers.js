'use strict';
// The header methods of http.OutgoingMessage: the table of what was set, and the trailers.

const {
  codes: { ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_CHAR },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { hasInvalidHeaderChar, validateHeaderName, validateHeaderValue } = require('internal/http/validate');

// Lower-case name -> [name as it was set, value]; null while there is none.
const kHeaders = Symbol('kHeaders');

const methods = {
  setHeader(name, value) {
    if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    (this[kHeaders] ??= { __proto__: null })[name.toLowerCase()] = [name, value];
    return this;
  },

  setHeaders(headers) {
    if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
    if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
    }
    // Cookies stay lines of their own.
    const cookies = [];
    for (const [key, value] of headers) {
      if (key !== 'set-cookie') this.setHeader(key, value);
      else if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies);
    return this;
  },

  appendHeader(name, value) {
    if (this._header) throw new ERR_HTTP_HEADERS_SENT('append');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    const key = name.toLowerCase();
    const table = (this[kHeaders] ??= { __proto__: null });
    if (table[key] === undefined) {
      table[key] = [name, value];
    } else {
      const old = table[key][1];
      table[key][1] = (Array.isArray(old) ? old : [old]).concat(value);
    }
    return this;
  },

  getHeader(name) {
    validateString(name, 'name');
    return this[kHeaders]?.[name.toLowerCase()]?.[1];
  },

  getHeaderNames() {
    return this[kHeaders] !== null ? Object.keys(this[kHeaders]) : [];
  },

  getRawHeaderNames() {
    return this[kHeaders] !== null ? Object.values(this[kHeaders]).map((entry) => entry[0]) : [];
  },

  getHeaders() {
    const out = { __proto__: null };
    for (const key in this[kHeaders]) out[key] = this[kHeaders][key][1];
    return out;
  },

  hasHeader(name) {
    validateString(name, 'name');
    return this[kHeaders] !== null && this[kHeaders][name.toLowerCase()] !== undefined;
  },

  removeHeader(name) {
    validateString(name, 'name');
    if (this._header) throw new ERR_HTTP_HEADERS_SENT('remove');
    const key = name.toLowerCase();
    switch (key) {
      case 'connection': this._removedConnection = true; break;
      case 'content-length': this._removedContLen = true; break;
      case 'transfer-encoding': this._removedTE = true; break;
      case 'date': this.sendDate = false; break;
      default:
    }
    if (this[kHeaders] !== null) delete this[kHeaders][key];
  },

  // `_trailer` is their lines as they will go out.
  addTrailers(headers) {
    const pairs = Array.isArray(headers) ? headers : Object.keys(headers).map((name) => [name, headers[name]]);
    for (const [name, value] of pairs) {
      validateHeaderName(name, 'Trailer name');
      const unique = this._uniqueHeaders?.has(name.toLowerCase());
      const values = !Array.isArray(value) ? [value] : unique ? [value.join('; ')] : value;
      for (const one of values) {
        if (hasInvalidHeaderChar(one)) throw new ERR_INVALID_CHAR('trailer content', name);
        this._trailer += `${name}: ${one}\r\n`;
      }
    }
  },
};

// The option `uniqueHeaders`: names whose values go out in one line although they are several.
function parseUniqueHeaders(headers) {
  if (!Array.isArray(headers)) return null;
  const unique = new Set();
  for (const name of headers) unique.add(name.toLowerCase());
  return unique;
}

module.exports = { kHeaders, methods, parseUniqueHeaders };
