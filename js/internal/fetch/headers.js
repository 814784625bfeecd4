'use strict';
// The global Headers. As in Node no name is forbidden to a program; only what fetch has made itself cannot be changed.

const { HeaderList, isToken, isValue, normalizeValue } = require('internal/fetch/header_list');
const {
  defineInterface, definePairs, illegalInvocation, inspectAs, isObject, kInspect, requireArguments, show, toByteString,
} = require('internal/fetch/webidl');

const CONSTRUCTOR = 'Headers constructor';
// Given to the constructor with a list to be had.
const kList = Symbol('kList');

let listOf;
let isHeaders;

class Headers {
  #list;
  #immutable = false;

  static {
    isHeaders = (value) => isObject(value) && #list in value;
    listOf = (headers) => headers.#list;
  }

  static #check(value) {
    if (!isHeaders(value)) throw illegalInvocation();
    return value.#list;
  }

  constructor(init = undefined) {
    if (init === kList) {
      this.#list = arguments[1];
      this.#immutable = arguments[2];
      return;
    }
    this.#list = new HeaderList();
    if (init !== undefined) fill(this.#list, init);
  }

  append(name, value) {
    const list = Headers.#check(this);
    requireArguments(arguments.length, 2, 'Headers.append');
    name = toByteString(name, 'Headers.append', 'name');
    append(list, name, toByteString(value, 'Headers.append', 'value'), this.#immutable);
  }

  delete(name) {
    const list = Headers.#check(this);
    requireArguments(arguments.length, 1, 'Headers.delete');
    name = toName(name, 'Headers.delete');
    if (this.#immutable) throw new TypeError('immutable');
    list.delete(name);
  }

  get(name) {
    const list = Headers.#check(this);
    requireArguments(arguments.length, 1, 'Headers.get');
    return list.get(toName(name, 'Headers.get'));
  }

  has(name) {
    const list = Headers.#check(this);
    requireArguments(arguments.length, 1, 'Headers.has');
    return list.has(toName(name, 'Headers.has'));
  }

  set(name, value) {
    const list = Headers.#check(this);
    requireArguments(arguments.length, 2, 'Headers.set');
    name = toByteString(name, 'Headers.set', 'name');
    value = normalizeValue(toByteString(value, 'Headers.set', 'value'));
    checkField(name, value, 'Headers.set');
    if (this.#immutable) throw new TypeError('immutable');
    list.set(name, value);
  }

  getSetCookie() {
    return Headers.#check(this).cookies;
  }

  [kInspect](depth, options) {
    return inspectAs('Headers', Headers.#check(this).toObject(), options);
  }
}
defineInterface(Headers);
definePairs(Headers, (headers) => {
  if (!isHeaders(headers)) throw illegalInvocation();
  return listOf(headers).sorted;
});
const { entries } = Headers.prototype;

function checkField(name, value, where) {
  if (!isToken(name)) throw new TypeError(`${where}: "${name}" is an invalid header name.`);
  if (!isValue(value)) throw new TypeError(`${where}: "${value}" is an invalid header value.`);
}

function toName(value, where) {
  const name = toByteString(value, where, 'name');
  if (!isToken(name)) throw new TypeError(`${where}: "${name}" is an invalid header name.`);
  return name;
}

function append(list, name, value, immutable) {
  value = normalizeValue(value);
  checkField(name, value, 'Headers.append');
  if (immutable) throw new TypeError('immutable');
  list.append(name, value);
}

// Adds what a program has given: headers, pairs, or an object's properties.
function fill(list, init) {
  if (!isObject(init)) {
    throw new TypeError(`${CONSTRUCTOR}: Argument 1 could not be converted to one of: `
      + 'sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
  }
  const iterate = init[Symbol.iterator];
  if (isHeaders(init) && iterate === entries) {
    for (const [name, value] of listOf(init)) list.append(name, value);
  } else if (iterate !== undefined && iterate !== null) {
    for (const [name, value] of toPairs(init)) append(list, name, value, false);
  } else {
    for (const [name, value] of toRecord(init)) append(list, name, value, false);
  }
}

// All are converted before the first is added.
function toPairs(init) {
  const pairs = [];
  let index = 0;
  for (const element of init) {
    const what = `init[${index++}]`;
    if (!isObject(element) || typeof element[Symbol.iterator] !== 'function') {
      throw new TypeError(`${CONSTRUCTOR}: ${what} (${show(element)}) is not iterable.`);
    }
    const pair = [];
    for (const item of element) pair.push(toByteString(item, CONSTRUCTOR, `${what}[${pair.length}]`));
    pairs.push(pair);
  }
  for (const pair of pairs) {
    if (pair.length !== 2) {
      throw new TypeError(`${CONSTRUCTOR}: expected name/value pair to be length 2, found ${pair.length}.`);
    }
  }
  return pairs;
}

function toRecord(init) {
  const record = new Map();
  for (const key of Reflect.ownKeys(init)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(init, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    const name = toByteString(key, CONSTRUCTOR, `Key ${show(key)} in init`);
    record.set(name, toByteString(init[key], CONSTRUCTOR, `init["${name}"]`));
  }
  return record;
}

// Headers over a list, which they share with its owner.
function headersOver(list, immutable) {
  return new Headers(kList, list, immutable);
}

module.exports = { Headers, fill, headersOver, isHeaders, listOf };
