'use strict';
// What goes over the wire as a request's head: the program's headers, and those that fetch adds.

const { acceptEncoding } = require('internal/fetch/decode');
const { invalidArgument, lengthMismatch, notSupported } = require('internal/fetch/errors');
const { refererOf } = require('internal/fetch/referrer');
const { hasInvalidHeaderChar } = require('internal/http/validate');

const CONDITIONAL = ['if-modified-since', 'if-none-match', 'if-unmodified-since', 'if-match', 'if-range'];
// Methods whose requests say that they have no body.
const EXPECTING_BODY = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH']);
// They are the connection's own business.
const REFUSED = new Set(['keep-alive', 'transfer-encoding', 'upgrade']);

// What fetch says itself.
const OWN = new Set(['host', 'connection', 'sec-fetch-mode']);

// Names and values in turn.
function requestHeaders(request) {
  const { headers, url } = request;
  const raw = ['host', url.host, 'connection', connectionOf(headers)];
  let length = null;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (REFUSED.has(key)) throw invalidArgument(`invalid ${key} header`);
    if (key === 'expect') throw notSupported('expect header not supported');
    if (hasInvalidHeaderChar(value)) throw invalidArgument(`invalid ${key} header`);
    if (key === 'content-length') length = value;
    else if (!OWN.has(key)) raw.push(name, value);
  }
  addDefaults(request, raw);
  addFraming(request, raw, length);
  return raw;
}

function connectionOf(headers) {
  return headers.get('connection')?.toLowerCase() === 'close' ? 'close' : 'keep-alive';
}

function addDefaults({ headers, url, mode, cache, referrer, referrerPolicy }, raw) {
  const add = (name, value) => {
    if (value !== null && !headers.has(name)) raw.push(name, value);
  };
  add('accept', '*/*');
  add('accept-language', '*');
  if (referrer !== 'client' && referrer !== 'no-referrer') add('referer', refererOf(referrer, referrerPolicy, url));
  raw.push('sec-fetch-mode', mode);
  add('user-agent', 'node');
  if (cache === 'default' && CONDITIONAL.some((name) => headers.has(name))) cache = 'no-store';
  if (cache === 'no-cache') {
    add('cache-control', 'max-age=0');
  } else if (cache === 'no-store' || cache === 'reload') {
    add('pragma', 'no-cache');
    add('cache-control', 'no-cache');
  }
  // Part of a compressed body is of no use.
  add('accept-encoding', headers.has('range') ? 'identity' : acceptEncoding(url.protocol === 'https:'));
}

// `given` is the program's own Content-Length, or null.
function addFraming({ body, method }, raw, given) {
  if (given !== null && !/^\d+$/.test(given)) throw invalidArgument('invalid content-length header');
  if (body === null) {
    if (given !== null && Number(given) !== 0 && method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') throw lengthMismatch();
    if (EXPECTING_BODY.has(method)) raw.push('content-length', '0');
  } else if (body.length !== null) {
    if (given !== null && Number(given) !== body.length) throw lengthMismatch();
    if (body.length !== 0 || EXPECTING_BODY.has(method)) raw.push('content-length', `${body.length}`);
  } else if (given !== null) {
    raw.push('content-length', given);
  } else {
    raw.push('transfer-encoding', 'chunked');
  }
}

module.exports = { requestHeaders };
