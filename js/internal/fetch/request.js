'use strict';
// The global Request: what to fetch and how. What fetch() does with it is internal/fetch/fetch's.

const { isAbortSignal, makeSignal, AbortSignal } = require('internal/abort_controller');
const { URL } = require('url');
const { defineBody, extractBody } = require('internal/fetch/body_methods');
const { HeaderList, isToken } = require('internal/fetch/header_list');
const { fill, headersOver } = require('internal/fetch/headers');
const {
  defineInterface, illegalInvocation, inspectAs, isObject, kInspect, requireArguments, show, toByteString, toDictionary, toEnum, toText, toUSVString,
} = require('internal/fetch/webidl');

const WHERE = 'Request constructor';

const CHOICES = {
  __proto__: null,
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  credentials: ['omit', 'same-origin', 'include'],
  duplex: ['half'],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  priority: ['high', 'low', 'auto'],
  redirect: ['follow', 'manual', 'error'],
  referrerPolicy: [
    '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin',
    'strict-origin-when-cross-origin', 'unsafe-url',
  ],
};
const MEMBERS = [
  'body', 'cache', 'credentials', 'duplex', 'headers', 'integrity', 'keepalive', 'method', 'mode', 'priority', 'redirect', 'referrer',
  'referrerPolicy', 'signal', 'window',
];

const NORMALIZED = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const FORBIDDEN = new Set(['CONNECT', 'TRACE', 'TRACK']);

let partsOf;
let isRequest;

class Request {
  #parts;
  #headers = null;
  #signal = null;

  static {
    isRequest = (value) => isObject(value) && #parts in value;
    partsOf = (request) => request.#parts;
  }

  static #check(value) {
    if (!isRequest(value)) throw illegalInvocation();
    return value.#parts;
  }

  constructor(input, init = {}) {
    // A clone's parts are there already.
    if (input instanceof Parts) {
      this.#parts = input;
      return;
    }
    requireArguments(arguments.length, 1, WHERE);
    this.#parts = makeParts(input, toDictionary(init, WHERE));
  }

  get method() {
    return Request.#check(this).method;
  }

  get url() {
    return Request.#check(this).url.href;
  }

  get headers() {
    const { headers } = Request.#check(this);
    return this.#headers ??= headersOver(headers, false);
  }

  get destination() {
    Request.#check(this);
    return '';
  }

  get referrer() {
    const { referrer } = Request.#check(this);
    if (referrer === 'no-referrer') return '';
    return referrer === 'client' ? 'about:client' : referrer.href;
  }

  get referrerPolicy() {
    return Request.#check(this).referrerPolicy;
  }

  get mode() {
    return Request.#check(this).mode;
  }

  get credentials() {
    return Request.#check(this).credentials;
  }

  get cache() {
    return Request.#check(this).cache;
  }

  get redirect() {
    return Request.#check(this).redirect;
  }

  get integrity() {
    return Request.#check(this).integrity;
  }

  get keepalive() {
    return Request.#check(this).keepalive;
  }

  get isReloadNavigation() {
    Request.#check(this);
    return false;
  }

  get isHistoryNavigation() {
    Request.#check(this);
    return false;
  }

  // Its own, which follows the one that was given.
  get signal() {
    const { signal } = Request.#check(this);
    return this.#signal ??= signal === null ? makeSignal() : AbortSignal.any([signal]);
  }

  get duplex() {
    Request.#check(this);
    return 'half';
  }

  clone() {
    const parts = Request.#check(this);
    if (parts.body !== null && parts.body.isUnusable) throw new TypeError('unusable');
    const copy = new Parts(parts);
    copy.headers = parts.headers.copy();
    copy.body = parts.body === null ? null : parts.body.clone();
    return new Request(copy);
  }

  [kInspect](depth, options) {
    Request.#check(this);
    const {
      method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive, isReloadNavigation,
      isHistoryNavigation, signal,
    } = this;
    return inspectAs('Request', {
      method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive, isReloadNavigation,
      isHistoryNavigation, signal,
    }, options);
  }
}
Object.defineProperty(Request, 'length', { __proto__: null, configurable: true, value: 1 });
defineBody(Request, (value) => (isRequest(value) ? partsOf(value).body : undefined), (request) => partsOf(request).headers);
defineInterface(Request);

// What a request consists of. fetch() works on its own copy.
class Parts {
  constructor(from) {
    this.url = from.url;
    this.method = from.method ?? 'GET';
    this.headers = from.headers ?? null;
    this.body = from.body ?? null;
    this.referrer = from.referrer ?? 'client';
    this.referrerPolicy = from.referrerPolicy ?? '';
    this.mode = from.mode ?? 'cors';
    this.credentials = from.credentials ?? 'same-origin';
    this.cache = from.cache ?? 'default';
    this.redirect = from.redirect ?? 'follow';
    this.integrity = from.integrity ?? '';
    this.keepalive = from.keepalive ?? false;
    // The program's; null where there is none.
    this.signal = from.signal ?? null;
  }
}

function parseUrl(input) {
  const text = toUSVString(`${input}`);
  let url;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  }
  return url;
}

function makeParts(input, init) {
  const given = { __proto__: null };
  let isEmpty = true;
  for (const name of MEMBERS) {
    const value = init[name];
    if (value === undefined) continue;
    isEmpty = false;
    given[name] = name in CHOICES ? toEnum(value, CHOICES[name], WHERE) : value;
  }
  const base = isRequest(input) ? partsOf(input) : null;
  const parts = new Parts(base ?? { url: parseUrl(input) });
  if (!isEmpty) {
    // What the other request was sent by is not what sends this one.
    parts.referrer = 'client';
    parts.referrerPolicy = '';
  }
  applyOptions(parts, given);
  parts.headers = base !== null && given.headers === undefined ? base.headers.copy() : new HeaderList();
  if (given.headers !== undefined) fill(parts.headers, given.headers);
  parts.body = makeBody(parts, given, base?.body ?? null);
  return parts;
}

function applyOptions(parts, given) {
  if (given.window !== undefined && given.window !== null) throw new TypeError(`'window' option '${show(given.window)}' must be null`);
  if (given.referrer !== undefined) parts.referrer = toReferrer(toUSVString(given.referrer, WHERE, 'referrer'));
  if (given.mode === 'navigate') throw new TypeError(`${WHERE}: invalid request mode navigate.`);
  for (const name of ['cache', 'credentials', 'mode', 'redirect', 'referrerPolicy']) {
    if (given[name] !== undefined) parts[name] = given[name];
  }
  if (parts.cache === 'only-if-cached' && parts.mode !== 'same-origin') {
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  }
  if (given.integrity !== undefined) parts.integrity = toText(given.integrity, WHERE, 'integrity', 'DOMString');
  if (given.keepalive !== undefined) parts.keepalive = Boolean(given.keepalive);
  if (given.method !== undefined) parts.method = toMethod(given.method);
  if (parts.mode === 'no-cors' && !['GET', 'HEAD', 'POST'].includes(parts.method)) {
    throw new TypeError(`'${parts.method}' is unsupported in no-cors mode.`);
  }
  if (given.signal !== undefined) {
    if (given.signal !== null && !isAbortSignal(given.signal)) {
      throw new TypeError(`RequestInit: Expected signal ("${show(given.signal)}") to be an instance of AbortSignal.`);
    }
    parts.signal = given.signal;
  }
}

function toReferrer(text) {
  if (text === '') return 'no-referrer';
  try {
    const url = new URL(text);
    return url.protocol === 'about:' && url.pathname === 'client' ? 'client' : url;
  } catch (cause) {
    throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause });
  }
}

function toMethod(value) {
  const method = toByteString(value, WHERE, 'method');
  if (!isToken(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (FORBIDDEN.has(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMALIZED.has(upper) ? upper : method;
}

function makeBody(parts, given, baseBody) {
  const isGiven = given.body !== undefined && given.body !== null;
  if ((isGiven || baseBody !== null) && (parts.method === 'GET' || parts.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  if (!isGiven) {
    if (baseBody === null) return null;
    if (baseBody.isUnusable) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    return baseBody.take();
  }
  const { body, type } = extractBody(given.body, 'Request');
  if (!body.isRepeatable) {
    if (parts.keepalive) throw new TypeError('keepalive');
    if (given.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
    if (parts.mode !== 'same-origin' && parts.mode !== 'cors') {
      throw new TypeError('If request is made from ReadableStream, mode should be "same-origin" or "cors"');
    }
  }
  if (type !== null && !parts.headers.has('content-type')) parts.headers.append('content-type', type);
  return body;
}

module.exports = { Parts, Request, isRequest, partsOf };
