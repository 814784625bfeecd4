'use strict';
// URLSearchParams and its iterator. A URL has one that follows its query; how
// the URL follows in turn is internal/url/url_class's business.

const { inspect } = require('internal/util/inspect');
const {
  codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { parseForm, serializeForm } = require('internal/url/form');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

// Throws for symbols, and leaves no lone surrogates.
const toUSVString = (value) => `${value}`.toWellFormed();

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function listFromPairs(pairs) {
  const list = [];
  for (const pair of pairs) {
    if (!isObject(pair) || typeof pair[Symbol.iterator] !== 'function') {
      throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    }
    const start = list.length;
    for (const element of pair) list.push(toUSVString(element));
    if (list.length - start !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
  }
  return list;
}

function listFromRecord(record) {
  const list = [];
  const places = new Map();
  for (const key of Reflect.ownKeys(record)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(record, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    const name = toUSVString(key);
    const value = toUSVString(record[key]);
    // Two keys may become one name; the later value counts.
    if (places.has(name)) list[places.get(name) + 1] = value;
    else places.set(name, list.push(name, value) - 2);
  }
  return list;
}

const plainLength = (text) => text.replace(/\u001b\[\d\d?m/g, '').length;

function joinParts(parts, breakLength) {
  const separator = ', ';
  const length = parts.reduce((sum, part) => sum + plainLength(part) + separator.length, -separator.length);
  return length > breakLength ? `\n  ${parts.join(',\n  ')}` : ` ${parts.join(separator)}`;
}

let attachToUrl;
let replaceList;
let listOf;

class URLSearchParams {
  #list = [];
  // The URL that these belong to, and what to call with it when they have changed.
  #url;
  #changed;

  static {
    attachToUrl = (params, url, changed) => {
      params.#url = url;
      params.#changed = changed;
    };
    replaceList = (params, search) => {
      params.#list = parseForm(search.charCodeAt(0) === 63 ? search.slice(1) : search);
    };
    listOf = (params) => params.#list;
  }

  constructor(init = undefined) {
    if (init === undefined) return;
    if (!isObject(init)) {
      replaceList(this, toUSVString(init));
      return;
    }
    const method = init[Symbol.iterator];
    if (method === this[Symbol.iterator] && #list in init) {
      this.#list = init.#list.slice();
    } else if (method !== undefined && method !== null) {
      if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
      this.#list = listFromPairs(init);
    } else {
      this.#list = listFromRecord(init);
    }
  }

  static #check(receiver) {
    if (typeof receiver !== 'object' || receiver === null || !(#list in receiver)) {
      throw new ERR_INVALID_THIS('URLSearchParams');
    }
  }

  #notify() {
    if (this.#url !== undefined) this.#changed(this.#url);
  }

  [kInspect](depth, context) {
    URLSearchParams.#check(this);
    if (typeof depth === 'number' && depth < 0) return context.stylize('[Object]', 'special');
    const options = { ...context };
    if (depth !== null) options.depth = depth - 1;
    const parts = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      parts.push(`${inspect(this.#list[i], options)} => ${inspect(this.#list[i + 1], options)}`);
    }
    const { name } = this.constructor;
    return parts.length === 0 ? `${name} {}` : `${name} {${joinParts(parts, context.breakLength)} }`;
  }

  get size() {
    URLSearchParams.#check(this);
    return this.#list.length / 2;
  }

  append(name, value) {
    URLSearchParams.#check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    this.#list.push(toUSVString(name), toUSVString(value));
    this.#notify();
  }

  delete(name, value = undefined) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    if (value !== undefined) value = toUSVString(value);
    const list = this.#list;
    for (let i = 0; i < list.length;) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) list.splice(i, 2);
      else i += 2;
    }
    this.#notify();
  }

  get(name) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    const list = this.#list;
    const values = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    if (value !== undefined) value = toUSVString(value);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    URLSearchParams.#check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    name = toUSVString(name);
    value = toUSVString(value);
    const list = this.#list;
    let found = false;
    for (let i = 0; i < list.length;) {
      if (list[i] !== name) {
        i += 2;
      } else if (found) {
        list.splice(i, 2);
      } else {
        list[i + 1] = value;
        found = true;
        i += 2;
      }
    }
    if (!found) list.push(name, value);
    this.#notify();
  }

  sort() {
    URLSearchParams.#check(this);
    const pairs = [];
    for (let i = 0; i < this.#list.length; i += 2) pairs.push([this.#list[i], this.#list[i + 1]]);
    // By code units, which is how strings compare.
    pairs.sort(([a], [b]) => {
      if (a === b) return 0;
      return a < b ? -1 : 1;
    });
    this.#list = pairs.flat();
    this.#notify();
  }

  entries() {
    URLSearchParams.#check(this);
    return new URLSearchParamsIterator(this, 'entries');
  }

  forEach(callback, thisArg = undefined) {
    URLSearchParams.#check(this);
    validateFunction(callback, 'callback');
    // What the callback adds is visited too.
    for (let i = 0; i < this.#list.length; i += 2) {
      Reflect.apply(callback, thisArg, [this.#list[i + 1], this.#list[i], this]);
    }
  }

  keys() {
    URLSearchParams.#check(this);
    return new URLSearchParamsIterator(this, 'keys');
  }

  values() {
    URLSearchParams.#check(this);
    return new URLSearchParamsIterator(this, 'values');
  }

  toString() {
    URLSearchParams.#check(this);
    return serializeForm(this.#list);
  }
}

class URLSearchParamsIterator {
  #params;
  #kind;
  #index = 0;

  constructor(params, kind) {
    this.#params = params;
    this.#kind = kind;
  }

  static #check(receiver) {
    if (typeof receiver !== 'object' || receiver === null || !(#params in receiver)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
  }

  #valueAt(index) {
    const list = listOf(this.#params);
    if (this.#kind === 'keys') return list[index];
    if (this.#kind === 'values') return list[index + 1];
    return [list[index], list[index + 1]];
  }

  next() {
    URLSearchParamsIterator.#check(this);
    if (this.#index >= listOf(this.#params).length) return { value: undefined, done: true };
    const value = this.#valueAt(this.#index);
    this.#index += 2;
    return { value, done: false };
  }

  [kInspect](depth, context) {
    URLSearchParamsIterator.#check(this);
    if (typeof depth === 'number' && depth < 0) return context.stylize('[Object]', 'special');
    const options = { ...context };
    if (depth !== null) options.depth = depth - 1;
    const parts = [];
    for (let i = this.#index; i < listOf(this.#params).length; i += 2) parts.push(inspect(this.#valueAt(i), options));
    return `${this[Symbol.toStringTag]} {${joinParts(parts, context.breakLength)} }`;
  }
}

function enumerable(prototype, names) {
  for (const name of names) Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
}

function tag(prototype, value) {
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, value, configurable: true });
}

enumerable(URLSearchParams.prototype, [
  'append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values', 'toString', 'size',
]);
tag(URLSearchParams.prototype, 'URLSearchParams');
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  __proto__: null,
  value: URLSearchParams.prototype.entries,
  writable: true,
  configurable: true,
});

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
Object.setPrototypeOf(URLSearchParamsIterator.prototype, iteratorPrototype);
delete URLSearchParamsIterator.prototype.constructor;
enumerable(URLSearchParamsIterator.prototype, ['next']);
tag(URLSearchParamsIterator.prototype, 'URLSearchParams Iterator');

module.exports = { URLSearchParams, attachToUrl, replaceList };
