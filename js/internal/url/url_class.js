'use strict';
// The URL class. Its getters cut components out of the serialized URL; parsing
// and setting are in internal/url/binding. Blob URLs are internal/blob's.

const { inspect } = require('internal/util/inspect');
const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { PARTS, canParse, createContext, replaceAll, setPart } = require('internal/url/binding');
const { URLSearchParams, attachToUrl, replaceList } = require('internal/url/search_params');
const { createObjectURL, revokeObjectURL } = require('internal/blob');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kParsed = Symbol('parsed');

const HTTP = 0;
const HTTPS = 2;
const WS = 3;
const FTP = 4;
const WSS = 5;

function invalidUrl(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

class URL {
  #context;
  #searchParams;
  // Set when the query has to be written anew before somebody reads it.
  #searchParamsModified = false;

  static #markModified(url) {
    url.#searchParamsModified = true;
  }

  constructor(input, base = undefined) {
    if (input === kParsed) {
      this.#context = base;
      return;
    }
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const context = createContext(input, base);
    if (context === undefined) throw invalidUrl(input, base);
    this.#context = context;
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    const context = createContext(`${input}`, base === undefined ? undefined : `${base}`);
    return context === undefined ? null : new URL(kParsed, context);
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return canParse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static createObjectURL(obj) {
    return createObjectURL(obj);
  }

  static revokeObjectURL(id) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('id');
    revokeObjectURL(`${id}`);
  }

  // Where the receiver is no URL, engines tell calls of private methods and
  // reads of private fields apart; programs have come to see both messages.
  #flushSearchParams() {
    if (!this.#searchParamsModified) return;
    this.#searchParamsModified = false;
    setPart(this.#context, PARTS.search, this.#searchParams.toString());
  }

  #set(context, part, value) {
    if (this.#searchParamsModified) this.#flushSearchParams();
    setPart(context, part, value);
  }

  #followQuery() {
    this.#searchParamsModified = false;
    if (this.#searchParams !== undefined) replaceList(this.#searchParams, this.#search);
  }

  get #search() {
    const context = this.#context;
    if (!context.hasSearch) return '';
    const end = context.hasHash ? context.hash_start : context.href.length;
    return end - context.search_start <= 1 ? '' : context.href.slice(context.search_start, end);
  }

  [kInspect](depth, options) {
    if (typeof this !== 'object' || this === null || !(#context in this)) throw new ERR_INVALID_THIS('URL');
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {
      href: this.href,
      origin: this.origin,
      protocol: this.protocol,
      username: this.username,
      password: this.password,
      host: this.host,
      hostname: this.hostname,
      port: this.port,
      pathname: this.pathname,
      search: this.search,
      searchParams: this.searchParams,
      hash: this.hash,
    };
    if (options.showHidden) shown[Symbol('context')] = this.#context;
    return `${this.constructor?.name || 'URL'} ${inspect(shown, options)}`;
  }

  toString() {
    this.#flushSearchParams();
    return this.#context.href;
  }

  get href() {
    this.#flushSearchParams();
    return this.#context.href;
  }

  set href(value) {
    const context = this.#context;
    value = `${value}`;
    if (!replaceAll(context, value)) throw invalidUrl(value);
    this.#followQuery();
  }

  get origin() {
    const context = this.#context;
    switch (context.scheme_type) {
      case HTTP: case HTTPS: case WS: case WSS: case FTP:
        return `${this.#slice(0, context.protocol_end)}//${this.#host(context)}`;
    }
    // A blob's URL has its maker's origin in its path.
    if (context.href.startsWith('blob:')) {
      const inner = createContext(this.#slice(context.pathname_start, this.#pathEnd(context)), undefined);
      if (inner !== undefined && (inner.scheme_type === HTTP || inner.scheme_type === HTTPS)) {
        return new URL(kParsed, inner).origin;
      }
    }
    return 'null';
  }

  #slice(start, end) {
    return this.#context.href.slice(start, end);
  }

  #host(context) {
    if (context.host_end === context.protocol_end) return '';
    const start = context.href.charCodeAt(context.host_start) === 64 ? context.host_start + 1 : context.host_start;
    return context.href.slice(start, context.pathname_start);
  }

  #pathEnd(context) {
    if (context.hasSearch) return context.search_start;
    return context.hasHash ? context.hash_start : context.href.length;
  }

  get protocol() {
    const context = this.#context;
    return context.href.slice(0, context.protocol_end);
  }

  set protocol(value) {
    const context = this.#context;
    this.#set(context, PARTS.protocol, `${value}`);
  }

  get username() {
    const context = this.#context;
    if (context.protocol_end + 2 >= context.username_end) return '';
    return context.href.slice(context.protocol_end + 2, context.username_end);
  }

  set username(value) {
    const context = this.#context;
    this.#set(context, PARTS.username, `${value}`);
  }

  get password() {
    const context = this.#context;
    if (context.host_start - context.username_end <= 0) return '';
    return context.href.slice(context.username_end + 1, context.host_start);
  }

  set password(value) {
    const context = this.#context;
    this.#set(context, PARTS.password, `${value}`);
  }

  get host() {
    const context = this.#context;
    return this.#host(context);
  }

  set host(value) {
    const context = this.#context;
    this.#set(context, PARTS.host, `${value}`);
  }

  get hostname() {
    const context = this.#context;
    const start = context.href.charCodeAt(context.host_start) === 64 ? context.host_start + 1 : context.host_start;
    return context.href.slice(start, context.host_end);
  }

  set hostname(value) {
    const context = this.#context;
    this.#set(context, PARTS.hostname, `${value}`);
  }

  get port() {
    const context = this.#context;
    return context.hasPort ? `${context.port}` : '';
  }

  set port(value) {
    const context = this.#context;
    this.#set(context, PARTS.port, `${value}`);
  }

  get pathname() {
    const context = this.#context;
    return context.href.slice(context.pathname_start, this.#pathEnd(context));
  }

  set pathname(value) {
    const context = this.#context;
    this.#set(context, PARTS.pathname, `${value}`);
  }

  get search() {
    this.#flushSearchParams();
    return this.#search;
  }

  set search(value) {
    const context = this.#context;
    setPart(context, PARTS.search, `${value}`.toWellFormed());
    this.#followQuery();
  }

  get searchParams() {
    // Also the check of the receiver.
    const context = this.#context;
    if (this.#searchParams === undefined) {
      const params = new URLSearchParams();
      if (context.hasSearch) replaceList(params, this.#search);
      attachToUrl(params, this, URL.#markModified);
      this.#searchParams = params;
    }
    return this.#searchParams;
  }

  get hash() {
    const context = this.#context;
    if (!context.hasHash || context.href.length - context.hash_start <= 1) return '';
    return context.href.slice(context.hash_start);
  }

  set hash(value) {
    const context = this.#context;
    this.#set(context, PARTS.hash, `${value}`);
  }

  toJSON() {
    this.#flushSearchParams();
    return this.#context.href;
  }
}

for (const name of Object.getOwnPropertyNames(URL.prototype)) {
  if (name === 'constructor') continue;
  Object.defineProperty(URL.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { __proto__: null, value: 'URL', configurable: true });
for (const name of ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL']) {
  Object.defineProperty(URL, name, { __proto__: null, enumerable: true });
}

// A URL of another realm, or of a library that follows the standard, is one too;
// what url.parse() gives is not.
function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

module.exports = { URL, isURL };
