'use strict';

// The class URLPattern: URLs that look alike, with names for what differs.

const { makeClass } = require('internal/errors');
const { URL } = require('internal/url/url_class');
const { COMPONENTS, PLAIN, completeInit, componentsOf, matchesSpecial, parseText } = require('internal/url/pattern/components');
const { compile } = require('internal/url/pattern/parts');
const spelling = require('internal/url/pattern/spelling');

const HOSTNAME = { delimiter: '.', prefix: '' };
const PATHNAME = { delimiter: '/', prefix: '/' };

// The order in which Node's results have their properties.
const RESULT_ORDER = ['hash', 'hostname', 'inputs', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
const isNothing = (value) => value === undefined || value === null;

// Node's errors of this class, with the words of its URL parser.
const InvalidArgument = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', '%s');
const OperationFailed = makeClass(TypeError, 'ERR_OPERATION_FAILED', 'Failed to %s URLPattern');
const InvalidPattern = makeClass(TypeError, 'ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
const NewRequired = makeClass(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');

// What an object has of the components, all of it strings; anything else counts as missing.
function readInit(object) {
  const init = { __proto__: null };
  for (const name of [...COMPONENTS, 'baseURL']) {
    const value = object[name];
    if (typeof value === 'string') init[name] = value.toWellFormed();
  }
  return init;
}

function compileAll(init, ignoreCase) {
  const given = completeInit(init, true);
  for (const name of COMPONENTS) given[name] ??= '*';
  if (spelling.isSpecial(given.protocol) && spelling.DEFAULT_PORTS[given.protocol] === given.port) given.port = '';

  const compiled = { __proto__: null };
  compiled.protocol = compile(given.protocol, PLAIN, spelling.protocol);
  compiled.username = compile(given.username, PLAIN, spelling.username);
  compiled.password = compile(given.password, PLAIN, spelling.password);
  const special = matchesSpecial(compiled.protocol);
  let host = special ? spelling.domain : spelling.opaqueHost;
  if (/^(?:\[|\{\[|\\\[)/.test(given.hostname)) host = spelling.ipv6;
  compiled.hostname = compile(given.hostname, HOSTNAME, host);
  compiled.port = compile(given.port, PLAIN, spelling.port);
  compiled.pathname = special ?
    compile(given.pathname, PATHNAME, spelling.pathname, ignoreCase) :
    compile(given.pathname, PLAIN, spelling.opaquePathname, ignoreCase);
  compiled.search = compile(given.search, PLAIN, spelling.search, ignoreCase);
  compiled.hash = compile(given.hash, PLAIN, spelling.hash, ignoreCase);
  return compiled;
}

// The components of what is to be matched, or null where it is no URL.
function componentsToMatch(input, baseURL) {
  if (typeof input !== 'string') {
    try {
      return completeInit(readInit(input), false);
    } catch {
      return null;
    }
  }
  const url = URL.parse(input, baseURL);
  return url === null ? null : componentsOf(url);
}

class URLPattern {
  #compiled;

  constructor(input = {}, baseURL = undefined, options = undefined) {
    if (input === null) input = {};
    if (typeof input !== 'string' && !isObject(input)) throw new InvalidArgument('Input must be an object or a string');
    if (arguments.length > 2) {
      if (!isNothing(baseURL) && typeof baseURL !== 'string') throw new InvalidArgument('second argument must be a string');
      if (!isNothing(options) && !isObject(options)) throw new InvalidArgument('options must be an object');
    } else if (isObject(baseURL)) {
      options = baseURL;
      baseURL = undefined;
    } else if (!isNothing(baseURL) && typeof baseURL !== 'string') {
      throw new InvalidArgument('second argument must be a string or object');
    }

    try {
      let init;
      if (typeof input === 'string') {
        init = parseText(input.toWellFormed());
        if (typeof baseURL === 'string') init.baseURL = baseURL;
        else if (init.protocol === undefined) throw new TypeError('A relative pattern has no base URL');
      } else {
        if (typeof baseURL === 'string') throw new TypeError('An object says itself what its base URL is');
        init = readInit(input);
      }
      this.#compiled = compileAll(init, Boolean(options?.ignoreCase));
    } catch {
      throw new InvalidPattern();
    }
  }

  static #of(pattern) {
    if (!isObject(pattern) || !(#compiled in pattern)) throw new TypeError('Illegal invocation');
    return pattern.#compiled;
  }

  static {
    for (const name of COMPONENTS) {
      const { get } = Object.getOwnPropertyDescriptor({
        get [name]() {
          return URLPattern.#of(this)[name].pattern;
        },
      }, name);
      Object.defineProperty(this.prototype, name, { __proto__: null, configurable: false, enumerable: true, get });
    }
  }

  get hasRegExpGroups() {
    return Object.values(URLPattern.#of(this)).some((component) => component.hasRegExpGroups);
  }

  #match(inputs, verb) {
    let [input = {}, baseURL] = inputs;
    if (input === null) input = {};
    if (typeof input !== 'string' && !isObject(input)) throw new InvalidArgument('URLPattern input needs to be a string or an object');
    if (inputs.length > 1 && !isNothing(baseURL) && typeof baseURL !== 'string') throw new InvalidArgument('baseURL must be a string');
    if (typeof input !== 'string' && baseURL !== undefined) throw new OperationFailed(verb);
    const components = componentsToMatch(input, baseURL ?? undefined);
    if (components === null) return null;

    const found = { __proto__: null };
    for (const name of COMPONENTS) {
      const match = this.#compiled[name].regexp.exec(components[name]);
      if (match === null) return null;
      found[name] = match;
    }
    found.inputs = typeof baseURL === 'string' ? [input, baseURL] : [input];
    return found;
  }

  exec(...args) {
    URLPattern.#of(this);
    const found = this.#match(args.slice(0, 2), 'exec');
    if (found === null) return null;
    const result = {};
    for (const name of RESULT_ORDER) {
      if (name === 'inputs') {
        result.inputs = found.inputs;
        continue;
      }
      const groups = {};
      this.#compiled[name].names.forEach((group, i) => {
        groups[group] = found[name][i + 1];
      });
      result[name] = { groups, input: found[name][0] };
    }
    return result;
  }

  test(...args) {
    URLPattern.#of(this);
    return this.#match(args.slice(0, 2), 'test') !== null;
  }
}

for (const name of ['exec', 'test']) {
  Object.defineProperty(URLPattern.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(URLPattern.prototype, 'hasRegExpGroups', { __proto__: null, enumerable: true, configurable: false });
Object.defineProperty(URLPattern.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'URLPattern' });

// Calling it without `new` has an error of its own.
const Public = { URLPattern: function(...args) {
  if (new.target === undefined) throw new NewRequired();
  return Reflect.construct(URLPattern, args, new.target);
} }.URLPattern;
Object.defineProperties(Public, {
  length: { __proto__: null, value: 0 },
  prototype: { __proto__: null, value: URLPattern.prototype, writable: false },
});
Object.defineProperty(URLPattern.prototype, 'constructor', { __proto__: null, value: Public });

module.exports = { URLPattern: Public };
