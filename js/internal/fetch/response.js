'use strict';
// The global Response: what was answered, or what a program makes in its place.

const { URL } = require('url');
const { defineBody, extractBody } = require('internal/fetch/body_methods');
const { HeaderList } = require('internal/fetch/header_list');
const { fill, headersOver } = require('internal/fetch/headers');
const {
  defineInterface, illegalInvocation, inspectAs, isObject, kInspect, requireArguments, toByteString, toDictionary, toUSVString,
} = require('internal/fetch/webidl');

const WHERE = 'Response constructor';
const NOT_REASON_PHRASE = /[^\t\x20-\x7e\x80-\xff]/;
const NULL_BODY = new Set([101, 103, 204, 205, 304]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

let partsOf;
let isResponse;

class Response {
  #parts;
  #headers = null;

  static {
    isResponse = (value) => isObject(value) && #parts in value;
    partsOf = (response) => response.#parts;
  }

  static #check(value) {
    if (!isResponse(value)) throw illegalInvocation();
    return value.#parts;
  }

  static error() {
    return new Response(new Parts('error', 0));
  }

  static json(data, init = {}) {
    requireArguments(arguments.length, 1, 'Response.json');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const { body } = extractBody(text, 'Response');
    return new Response(makeParts(toDictionary(init, 'Response.json'), body, 'application/json'));
  }

  static redirect(url, status = 302) {
    requireArguments(arguments.length, 1, 'Response.redirect');
    const text = toUSVString(`${url}`);
    let location;
    try {
      location = new URL(text);
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${text}`, { cause });
    }
    status = toUnsignedShort(status);
    if (!REDIRECTS.has(status)) throw new RangeError(`Invalid status code ${status}`);
    const parts = new Parts('default', status);
    parts.immutable = true;
    parts.headers.append('location', location.href);
    return new Response(parts);
  }

  constructor(body = null, init = {}) {
    if (body instanceof Parts) {
      this.#parts = body;
      return;
    }
    const options = toDictionary(init, WHERE);
    const extracted = body === null ? null : extractBody(body, 'Response');
    this.#parts = makeParts(options, extracted?.body ?? null, extracted?.type ?? null);
  }

  get type() {
    return Response.#check(this).type;
  }

  get url() {
    return Response.#check(this).url;
  }

  get redirected() {
    return Response.#check(this).redirected;
  }

  get status() {
    return Response.#check(this).status;
  }

  get ok() {
    const { status } = Response.#check(this);
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return Response.#check(this).statusText;
  }

  get headers() {
    const { headers, immutable } = Response.#check(this);
    return this.#headers ??= headersOver(headers, immutable);
  }

  clone() {
    const parts = Response.#check(this);
    if (parts.body !== null && parts.body.isUnusable) throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = Object.assign(new Parts(parts.type, parts.status), parts);
    copy.headers = parts.headers.copy();
    copy.body = parts.body === null ? null : parts.body.clone();
    return new Response(copy);
  }

  [kInspect](depth, options) {
    Response.#check(this);
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return inspectAs('Response', { status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options);
  }
}
defineBody(Response, (value) => (isResponse(value) ? partsOf(value).body : undefined), (response) => partsOf(response).headers);
defineInterface(Response, ['error', 'json', 'redirect']);

// What a response consists of.
class Parts {
  constructor(type, status) {
    this.type = type;
    this.status = status;
    this.statusText = '';
    this.url = '';
    this.redirected = false;
    this.headers = new HeaderList();
    this.immutable = type === 'error';
    this.body = null;
  }
}

const toUnsignedShort = (value) => (Math.trunc(Number(value)) || 0) & 0xffff;

function makeParts(init, body, type) {
  const { headers, status: givenStatus, statusText } = init;
  const status = givenStatus === undefined ? 200 : toUnsignedShort(givenStatus);
  const parts = new Parts('default', status);
  if (statusText !== undefined) parts.statusText = toByteString(statusText, WHERE, 'statusText');
  if (status < 200 || status > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  if (NOT_REASON_PHRASE.test(parts.statusText)) throw new TypeError('Invalid statusText');
  if (headers !== undefined) fill(parts.headers, headers);
  if (body !== null) {
    if (NULL_BODY.has(status)) throw new TypeError(`${WHERE}: Invalid response status code ${status}`);
    parts.body = body;
    if (type !== null && !parts.headers.has('content-type')) parts.headers.append('content-type', type);
  }
  return parts;
}

module.exports = { NULL_BODY, Parts, REDIRECTS, Response, isResponse, partsOf };
