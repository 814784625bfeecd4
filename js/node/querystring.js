'use strict';
// querystring: parse and stringify of 'a=1&b=2', and the escaping under them.
// URLSearchParams, which follows another standard, lives in internal/url.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_URI } } = require('internal/errors');

const UNRESERVED = /^[A-Za-z0-9\-_.!~*'()]*$/;
const ESCAPED = /%[0-9a-fA-F]{2}/;
const DEFAULT_MAX_KEYS = 1000;

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

// Percent-decoding that never fails: what is not an escape stays as it is.
function unescapeBuffer(s, decodeSpaces) {
  const bytes = Buffer.allocUnsafe(s.length);
  let written = 0;
  for (let i = 0; i < s.length; i++) {
    let code = s.charCodeAt(i);
    if (code === 43 && decodeSpaces) {
      code = 32;
    } else if (code === 37 && i + 2 < s.length) {
      const high = hexValue(s.charCodeAt(i + 1));
      const low = hexValue(s.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        code = high * 16 + low;
        i += 2;
      }
    }
    bytes[written++] = code;
  }
  return written === bytes.length ? bytes : bytes.slice(0, written);
}

function unescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return querystring.unescapeBuffer(s, decodeSpaces).toString();
  }
}

function escape(value) {
  if (typeof value !== 'string') {
    if (typeof value === 'object') value = String(value);
    else value += '';
  }
  if (UNRESERVED.test(value)) return value;
  try {
    return encodeURIComponent(value);
  } catch {
    throw new ERR_INVALID_URI();
  }
}

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

function stringify(object, sep, eq, options) {
  if (object === null || typeof object !== 'object') return '';
  sep ||= '&';
  eq ||= '=';
  let encode = querystring.escape;
  if (options && typeof options.encodeURIComponent === 'function') encode = options.encodeURIComponent;

  let fields = '';
  for (const key of Object.keys(object)) {
    const value = object[key];
    const prefix = encode(primitiveText(key)) + eq;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        if (fields !== '') fields += sep;
        fields += prefix + encode(primitiveText(value[i]));
      }
    } else {
      if (fields !== '') fields += sep;
      fields += prefix + encode(primitiveText(value));
    }
  }
  return fields;
}

function decodeWith(decode, text) {
  try {
    return decode(text);
  } catch {
    return querystring.unescape(text, true);
  }
}

function decodePart(text, decode, custom) {
  if (text === '') return '';
  // A decoder of the caller's own sees the escape of a space, not the space.
  if (text.includes('+')) text = text.replaceAll('+', custom ? '%20' : ' ');
  return custom || ESCAPED.test(text) ? decodeWith(decode, text) : text;
}

function parse(text, sep, eq, options) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return result;
  sep = sep ? `${sep}` : '&';
  eq = eq ? `${eq}` : '=';

  let limit = DEFAULT_MAX_KEYS;
  let decode = querystring.unescape;
  if (options) {
    if (typeof options.maxKeys === 'number') limit = options.maxKeys;
    if (typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  }
  if (!Number.isInteger(limit) || limit <= 0) limit = Infinity;
  const custom = decode !== unescape;

  let start = 0;
  for (let count = 0; count < limit && start <= text.length; count++) {
    let end = sep === '' ? -1 : text.indexOf(sep, start);
    if (end === -1) end = text.length;
    if (end > start) {
      const pair = text.slice(start, end);
      const split = pair.indexOf(eq);
      const key = decodePart(split === -1 ? pair : pair.slice(0, split), decode, custom);
      const value = split === -1 ? '' : decodePart(pair.slice(split + eq.length), decode, custom);
      const current = result[key];
      if (current === undefined) result[key] = value;
      else if (typeof current === 'string') result[key] = [current, value];
      else current.push(value);
    }
    start = end + sep.length;
    if (end === text.length) break;
  }
  return result;
}

// The functions reach each other through this object, so that replacing one of
// them changes what parse() and stringify() do, as documented.
const querystring = module.exports = {
  unescapeBuffer,
  unescape,
  escape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
