'use strict';

// The components of a URL pattern, or of a URL to match: from text that looks like a whole URL, and from an object that has some
// of them, the rest coming from a base URL.

const { URL } = require('internal/url/url_class');
const { compile, escapePattern } = require('internal/url/pattern/parts');
const spelling = require('internal/url/pattern/spelling');
const { tokenize } = require('internal/url/pattern/tokens');

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const PLAIN = { delimiter: '', prefix: '' };

const matchesSpecial = ({ regexp }) => Object.keys(spelling.DEFAULT_PORTS).some((scheme) => regexp.test(scheme));

// ---------------------------------------------------------------------------
// Text

// Which components a change of state passes by, and which the new state thereby makes empty.
const BEFORE_HOSTNAME = ['protocol', 'authority', 'username', 'password'];
const BEFORE_PATHNAME = [...BEFORE_HOSTNAME, 'hostname', 'port'];
const BEFORE_SEARCH = [...BEFORE_PATHNAME, 'pathname'];

class TextParser {
  #text;
  #tokens;
  #result = { __proto__: null };
  #start = 0;
  #at = 0;
  #step = 1;
  #state = 'init';
  #special = false;

  constructor(text) {
    this.#text = text;
    this.#tokens = tokenize(text, true);
  }

  #token(at) {
    return this.#tokens[Math.min(at, this.#tokens.length - 1)];
  }

  #is(value, at = this.#at) {
    const token = this.#token(at);
    return token.value === value && (token.type === 'char' || token.type === 'escaped' || token.type === 'invalid');
  }

  // A question mark may be a modifier instead.
  #isSearch() {
    if (this.#is('?')) return true;
    if (this.#token(this.#at).value !== '?') return false;
    if (this.#at === 0) return true;
    return !['name', 'regexp', 'close', 'asterisk'].includes(this.#token(this.#at - 1).type);
  }

  #component() {
    return this.#text.slice(this.#token(this.#start).index, this.#tokens[this.#at].index);
  }

  #rewind(state = this.#state) {
    this.#at = this.#start;
    this.#step = 0;
    this.#state = state;
  }

  #change(state, skip) {
    const old = this.#state;
    const result = this.#result;
    if (old !== 'init' && old !== 'authority') result[old] = this.#component();
    if (old !== 'init' && state !== 'done') {
      if (BEFORE_HOSTNAME.includes(old) && ['port', 'pathname', 'search', 'hash'].includes(state)) result.hostname ??= '';
      if (BEFORE_PATHNAME.includes(old) && (state === 'search' || state === 'hash')) result.pathname ??= this.#special ? '/' : '';
      if (BEFORE_SEARCH.includes(old) && state === 'hash') result.search ??= '';
    }
    this.#state = state;
    this.#at += skip;
    this.#start = this.#at;
    this.#step = 0;
  }

  // The end of the text; true when nothing is left to look at again.
  #end() {
    if (this.#state === 'init') {
      this.#rewind();
      if (this.#is('#')) this.#change('hash', 1);
      else if (this.#isSearch()) this.#change('search', 1);
      else this.#change('pathname', 0);
      return false;
    }
    if (this.#state === 'authority') {
      this.#rewind('hostname');
      return false;
    }
    this.#change('done', 0);
    return true;
  }

  #afterProtocol() {
    this.#special = matchesSpecial(compile(this.#component(), PLAIN, spelling.protocol));
    if (this.#is('/', this.#at + 1) && this.#is('/', this.#at + 2)) this.#change('authority', 3);
    else this.#change(this.#special ? 'authority' : 'pathname', 1);
  }

  #toPath() {
    if (this.#is('/')) this.#change('pathname', 0);
    else this.#toSearch();
  }

  #toSearch() {
    if (this.#isSearch()) this.#change('search', 1);
    else if (this.#is('#')) this.#change('hash', 1);
  }

  parse() {
    let groups = 0;
    let brackets = 0;
    for (; this.#at < this.#tokens.length; this.#at += this.#step) {
      this.#step = 1;
      const { type } = this.#tokens[this.#at];
      if (type === 'end') {
        if (this.#end()) break;
        continue;
      }
      if (type === 'open') {
        groups++;
        continue;
      }
      if (groups > 0) {
        if (type !== 'close') continue;
        groups--;
      }
      switch (this.#state) {
        case 'init':
          if (this.#is(':')) this.#rewind('protocol');
          break;
        case 'protocol':
          if (this.#is(':')) this.#afterProtocol();
          break;
        case 'authority':
          if (this.#is('@')) this.#rewind('username');
          else if (this.#is('/') || this.#isSearch() || this.#is('#')) this.#rewind('hostname');
          break;
        case 'username':
          if (this.#is(':')) this.#change('password', 1);
          else if (this.#is('@')) this.#change('hostname', 1);
          break;
        case 'password':
          if (this.#is('@')) this.#change('hostname', 1);
          break;
        case 'hostname':
          if (this.#is('[')) brackets++;
          else if (this.#is(']')) brackets--;
          else if (this.#is(':') && brackets === 0) this.#change('port', 1);
          else this.#toPath();
          break;
        case 'port':
          this.#toPath();
          break;
        case 'pathname':
          this.#toSearch();
          break;
        case 'search':
          if (this.#is('#')) this.#change('hash', 1);
          break;
        default:
      }
    }
    const result = this.#result;
    if (result.hostname !== undefined) result.port ??= '';
    return result;
  }
}

// ---------------------------------------------------------------------------
// Objects

// What the components of a base URL stand before: a base gives one where the object has none of these.
const UNLESS = {
  __proto__: null,
  protocol: ['protocol'],
  username: ['protocol', 'hostname', 'port', 'username'],
  password: ['protocol', 'hostname', 'port', 'username', 'password'],
  hostname: ['protocol', 'hostname'],
  port: ['protocol', 'hostname', 'port'],
  pathname: ['protocol', 'hostname', 'port', 'pathname'],
  search: ['protocol', 'hostname', 'port', 'pathname', 'search'],
  hash: ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash'],
};

// A URL's components without the signs around them.
function componentsOf(url) {
  return {
    __proto__: null,
    protocol: url.protocol.slice(0, -1),
    username: url.username,
    password: url.password,
    hostname: url.hostname,
    port: url.port,
    pathname: url.pathname,
    search: url.search.slice(1),
    hash: url.hash.slice(1),
  };
}

function isAbsolute(pathname, forPattern) {
  if (pathname[0] === '/') return true;
  return forPattern && (pathname.startsWith('\\/') || pathname.startsWith('{/'));
}

// `forPattern`: the components are patterns; otherwise they are spelled as a URL's, and those that are missing are empty.
function completeInit(init, forPattern) {
  const result = { __proto__: null };
  if (!forPattern) for (const name of COMPONENTS) result[name] = '';
  let base;
  if (init.baseURL !== undefined) {
    base = componentsOf(new URL(init.baseURL));
    for (const name of COMPONENTS) {
      if (forPattern && (name === 'username' || name === 'password')) continue;
      if (UNLESS[name].every((other) => init[other] === undefined)) {
        result[name] = forPattern ? escapePattern(base[name]) : base[name];
      }
    }
  }
  const set = (name, text, spell) => {
    result[name] = forPattern ? text : spell(text, result.protocol);
  };
  if (init.protocol !== undefined) set('protocol', init.protocol.replace(/:$/, ''), spelling.protocol);
  if (init.username !== undefined) set('username', init.username, spelling.username);
  if (init.password !== undefined) set('password', init.password, spelling.password);
  const special = (result.protocol ?? '') === '' || spelling.isSpecial(result.protocol);
  if (init.hostname !== undefined) set('hostname', init.hostname, special ? spelling.domain : spelling.opaqueHost);
  if (init.port !== undefined) set('port', init.port, spelling.port);
  if (init.pathname !== undefined) {
    let { pathname } = init;
    if (base !== undefined && base.pathname[0] === '/' && !isAbsolute(pathname, forPattern)) {
      const path = forPattern ? escapePattern(base.pathname) : base.pathname;
      pathname = path.slice(0, path.lastIndexOf('/') + 1) + pathname;
    }
    set('pathname', pathname, special ? spelling.pathname : spelling.opaquePathname);
  }
  if (init.search !== undefined) set('search', init.search.replace(/^\?/, ''), spelling.search);
  if (init.hash !== undefined) set('hash', init.hash.replace(/^#/, ''), spelling.hash);
  return result;
}

const parseText = (text) => new TextParser(text).parse();

module.exports = { COMPONENTS, PLAIN, completeInit, componentsOf, matchesSpecial, parseText };
