'use strict';
// Legacy url.parse(): older than the URL standard and laxer. Resolving is in
// internal/url/legacy_resolve, formatting in internal/url/legacy_format.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_URL } } = require('internal/errors');
const { validateString } = require('internal/validators');
const querystring = require('querystring');
const { opaque, slashed } = require('internal/url/schemes');
const { formatLegacy } = require('internal/url/legacy_format');

const PROTOCOL = /^[a-z0-9.+-]+:/i;
const PORT = /:[0-9]*$/;
const HOST_WITH_AUTH = /^\/\/[^@/]+@[^@/]+/;
// The targets of most HTTP requests: a path, and maybe a query.
const PATH_ONLY = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
const HASH_OR_AUTH = /^[^?]*@|#/;
const MAX_HOSTNAME_LENGTH = 255;

// Mapping a name to ASCII may bring these in, and with them another meaning.
const FORBIDDEN_IN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_IPV6 = /[\0\t\n\r #%/<>?@\\^|]/;

// Not allowed as they are, but common enough in what people paste.
const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g;
const escapeChar = (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

// eslint-disable-next-line no-control-regex
const UNTIDY = /[\0-\x20\\\xa0\ufeff]/;
const isBlank = (code) => code < 33 || code === 0xa0 || code === 0xfeff;

// The text without blanks around it, and with slashes for backslashes up to the
// query or the fragment: people mean the same, and parsers must agree.
function tidy(text) {
  if (!UNTIDY.test(text)) return text;
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  text = text.slice(start, end);
  const split = text.search(/[?#]/);
  const head = split === -1 ? text : text.slice(0, split);
  if (!head.includes('\\')) return text;
  return head.replaceAll('\\', '/') + text.slice(head.length);
}

const isBracketed = (hostname) => hostname[0] === '[' && hostname.at(-1) === ']';

// Where the authority that begins `rest` ends, and its last '@'. Tabs and line breaks in it go.
function scanAuthority(rest) {
  let at = -1;
  let end = -1;
  for (let i = 0; i < rest.length; i++) {
    const char = rest[i];
    if (char === '\t' || char === '\n' || char === '\r') {
      rest = rest.slice(0, i) + rest.slice(i + 1);
      i--;
    } else if (char === '@') {
      // Whatever came before it belongs to the user's name.
      at = i;
      end = -1;
    } else if (char === '#' || char === '/' || char === '?') {
      if (end === -1) end = i;
      break;
    } else if (end === -1 && ' "%\';<>\\^`{|}'.includes(char)) {
      end = i;
    }
  }
  return { at, authority: end === -1 ? rest : rest.slice(0, end), rest: end === -1 ? '' : rest.slice(end) };
}

// A character that ends the host although it did not end the authority.
function checkHostname(hostname, rest, input) {
  for (let i = 0; i < hostname.length; i++) {
    const char = hostname[i];
    if (char === ':') throw new ERR_INVALID_ARG_VALUE('url', input, 'Invalid port in url');
    if (char === '/' || char === '\\' || char === '#' || char === '?') {
      return { hostname: hostname.slice(0, i), rest: `/${hostname.slice(i)}${rest}` };
    }
  }
  return { hostname, rest };
}

// Names that have to be mapped to ASCII, or say that they have been.
const INTERNATIONAL = /[^\0-\x7f]|(?:^|\.)xn--/;

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

// Takes the authority off `text` and returns the rest.
function parseAuthority(url, text, input) {
  const found = scanAuthority(text);
  let { rest } = found;
  if (found.at !== -1) url.auth = decodeURIComponent(found.authority.slice(0, found.at));
  url.host = found.authority.slice(found.at + 1);
  url.parseHost();
  let hostname = url.hostname ?? '';

  const bracketed = isBracketed(hostname);
  if (!bracketed) ({ hostname, rest } = checkHostname(hostname, rest, input));
  hostname = hostname.length > MAX_HOSTNAME_LENGTH ? '' : hostname.toLowerCase();
  if (hostname !== '') {
    if (bracketed) {
      if (FORBIDDEN_IN_IPV6.test(hostname)) throw new ERR_INVALID_URL(input);
    } else {
      if (INTERNATIONAL.test(hostname)) hostname = ops.op_os_url_domain_to_ascii(hostname);
      if (hostname === '' || FORBIDDEN_IN_HOST.test(hostname)) throw new ERR_INVALID_URL(input);
    }
  }
  url.host = hostname + (url.port ? `:${url.port}` : '');
  if (bracketed) {
    hostname = hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  url.hostname = hostname;
  return rest;
}

function parsePath(url, text, wantsQuery) {
  const hashAt = text.indexOf('#');
  const beforeHash = hashAt === -1 ? text : text.slice(0, hashAt);
  if (hashAt !== -1) url.hash = text.slice(hashAt);
  const queryAt = beforeHash.indexOf('?');
  if (queryAt !== -1) {
    url.search = beforeHash.slice(queryAt);
    const query = beforeHash.slice(queryAt + 1);
    url.query = wantsQuery ? querystring.parse(query) : query;
  } else if (wantsQuery) {
    url.query = { __proto__: null };
  }
  const pathname = queryAt === -1 ? beforeHash : beforeHash.slice(0, queryAt);
  if (pathname !== '') url.pathname = pathname;
}

Url.prototype.parse = function parse(input, parseQueryString, slashesDenoteHost) {
  validateString(input, 'url');
  let rest = tidy(input);

  if (!slashesDenoteHost && !HASH_OR_AUTH.test(rest)) {
    const simple = PATH_ONLY.exec(rest);
    if (simple !== null) {
      const [, pathname, search] = simple;
      this.path = rest;
      this.href = rest;
      if (pathname !== '') this.pathname = pathname;
      if (search !== undefined) {
        this.search = search;
        const query = search.slice(1);
        this.query = parseQueryString ? querystring.parse(query) : query;
      } else if (parseQueryString) {
        this.query = { __proto__: null };
      }
      return this;
    }
  }

  const [protocol] = PROTOCOL.exec(rest) ?? [];
  const lowerProtocol = protocol?.toLowerCase();
  if (protocol !== undefined) {
    this.protocol = lowerProtocol;
    rest = rest.slice(protocol.length);
  }

  let slashes = false;
  if ((slashesDenoteHost || protocol !== undefined || HOST_WITH_AUTH.test(rest)) && rest.startsWith('//')) {
    slashes = true;
    if (!opaque.has(lowerProtocol)) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  // An unknown protocol may have a host without slashes: 'mailto:user@host'.
  if (!opaque.has(lowerProtocol) && (slashes || (protocol !== undefined && !slashed.has(protocol)))) {
    rest = parseAuthority(this, rest, input);
  }

  if (!opaque.has(lowerProtocol)) rest = rest.replace(ESCAPED, escapeChar);
  parsePath(this, rest, parseQueryString);
  if (slashed.has(lowerProtocol) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

Url.prototype.format = function format() {
  return formatLegacy(this);
};

// Splits this.host into this.hostname and this.port.
Url.prototype.parseHost = function parseHost() {
  let { host } = this;
  const [port] = PORT.exec(host) ?? [''];
  if (port !== '') {
    if (port !== ':') this.port = port.slice(1);
    host = host.slice(0, -port.length);
  }
  if (host) this.hostname = host;
};

function parseLegacy(input, parseQueryString, slashesDenoteHost) {
  if (input instanceof Url) return input;
  return new Url().parse(input, parseQueryString, slashesDenoteHost);
}

module.exports = { Url, parseLegacy };
