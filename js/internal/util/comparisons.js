'use strict';
// Deep equality as assert and util define it: loose (==), strict, strict
// without prototypes, and partial ("expected" is contained in "actual"). The
// elements of Maps and Sets are matched in comparisons/collections, arrays and
// binary data in comparisons/sequences.

const { LOOSE, STRICT, STRICT_WITHOUT_PROTOTYPE, PARTIAL } = require('internal/util/comparisons/modes');
const { equalMaps, equalSets } = require('internal/util/comparisons/collections');
const { equalArrays, equalBuffers, equalViews } = require('internal/util/comparisons/sequences');

const {
  isAnyArrayBuffer,
  isArrayBufferView,
  isBigIntObject,
  isBooleanObject,
  isBoxedPrimitive,
  isDate,
  isMap,
  isNativeError,
  isNumberObject,
  isPromise,
  isRegExp,
  isSet,
  isSharedArrayBuffer,
  isStringObject,
  isSymbolObject,
  isTypedArray,
  isWeakMap,
  isWeakSet,
} = core;

const { getPrototypeOf, getOwnPropertySymbols, hasOwn, is, keys } = Object;
const uncurry = (method) => Function.prototype.call.bind(method);
const tagOf = uncurry(Object.prototype.toString);
const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
const timeOf = uncurry(Date.prototype.getTime);
const bigintOf = uncurry(BigInt.prototype.valueOf);
const booleanOf = uncurry(Boolean.prototype.valueOf);
const numberOf = uncurry(Number.prototype.valueOf);
const stringOf = uncurry(String.prototype.valueOf);
const symbolOf = uncurry(Symbol.prototype.valueOf);
const typedArrayName = uncurry(
  Object.getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);

// V8's property filters.
const ONLY_ENUMERABLE = 2;
const SKIP_SYMBOLS = 16;

// What a value holds beside its own properties.
const PLAIN = 0;
const ARRAY = 1;
const SET = 2;
const MAP = 3;
const ERROR = 4;
// Indices that have been compared; symbols come with the other keys.
const INDEXED = 5;

// The method of a built-in class by which its objects say whether another one holds the same: nothing of it can be seen from outside.
const kEqualContents = Symbol('equalContents');

// Past this depth looking through the list costs more than hashing.
const SCAN_LIMIT = 32;

// The objects between the roots and what is being compared, both sides together.
class Path {
  objects = [];
  set = undefined;

  // How many of the two are among them.
  count(actual, expected) {
    const { objects, set } = this;
    if (set !== undefined) return Number(set.has(actual)) + Number(set.has(expected));
    let hasActual = 0;
    let hasExpected = 0;
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i];
      if (object === actual) hasActual = 1;
      if (object === expected) hasExpected = 1;
    }
    return hasActual + hasExpected;
  }

  push(actual, expected) {
    this.objects.push(actual, expected);
    if (this.set !== undefined) this.set.add(actual).add(expected);
    else if (this.objects.length > SCAN_LIMIT) this.set = new Set(this.objects);
  }

  pop() {
    const expected = this.objects.pop();
    const actual = this.objects.pop();
    if (this.set === undefined) return;
    this.set.delete(actual);
    this.set.delete(expected);
  }
}

const isError = (value) => isNativeError(value) || value instanceof Error;

function equalBoxed(actual, expected) {
  if (isNumberObject(actual)) return isNumberObject(expected) && is(numberOf(actual), numberOf(expected));
  if (isStringObject(actual)) return isStringObject(expected) && stringOf(actual) === stringOf(expected);
  if (isBooleanObject(actual)) return isBooleanObject(expected) && booleanOf(actual) === booleanOf(expected);
  if (isBigIntObject(actual)) return isBigIntObject(expected) && bigintOf(actual) === bigintOf(expected);
  return isSymbolObject(actual) && isSymbolObject(expected) && symbolOf(actual) === symbolOf(expected);
}

// A part of an error that is usually not enumerable, so that comparing keys misses it.
function equalErrorPart(actual, expected, name, mode, path) {
  const inExpected = hasOwn(expected, name);
  if (mode === PARTIAL && !inExpected) return true;
  return hasOwn(actual, name) === inExpected &&
    (!inExpected || equal(actual[name], expected[name], mode, path));
}

function equalErrorTexts(actual, expected, mode) {
  for (const name of ['message', 'name']) {
    const enumerable = isEnumerable(actual, name);
    const required = mode !== PARTIAL || name === 'name' || hasOwn(expected, name);
    if (required && (enumerable !== isEnumerable(expected, name) ||
        (!enumerable && actual[name] !== expected[name]))) {
      return false;
    }
  }
  return true;
}

function hasOwnBrand(value) {
  return Array.isArray(value) || isArrayBufferView(value) || isSet(value) || isMap(value) || isDate(value) ||
    isRegExp(value) || isAnyArrayBuffer(value) || isBoxedPrimitive(value) || isError(value);
}

function countOfEnumerable(object) {
  let count = 0;
  const symbols = getOwnPropertySymbols(object);
  for (let i = 0; i < symbols.length; i++) {
    if (isEnumerable(object, symbols[i])) count++;
  }
  return count;
}

// Own properties, and the elements that `kind` says. `expectedKeys` are given
// where indices are elements and not properties.
function equalContents(actual, expected, mode, path, kind, actualKeys = keys(actual), expectedKeys = keys(expected)) {
  if (mode !== PARTIAL && actualKeys.length !== expectedKeys.length) return false;
  for (let i = 0; i < expectedKeys.length; i++) {
    // Mostly both have them in the same order, and asking is not cheap.
    if (actualKeys[i] !== expectedKeys[i] && !isEnumerable(actual, expectedKeys[i])) return false;
  }
  let symbols;
  if (mode !== LOOSE && kind !== ARRAY && kind !== INDEXED) {
    symbols = getOwnPropertySymbols(expected);
    if (symbols.length !== 0) symbols = symbols.filter((symbol) => isEnumerable(expected, symbol));
    if (mode !== PARTIAL && symbols.length !== countOfEnumerable(actual)) return false;
    for (let i = 0; i < symbols.length; i++) {
      if (!isEnumerable(actual, symbols[i])) return false;
    }
    if (symbols.length === 0) symbols = undefined;
  }

  if (expectedKeys.length === 0 && symbols === undefined && hasNoElements(expected, kind)) {
    return kind !== PLAIN || actual[kEqualContents]?.(expected) !== false;
  }

  // Where both sides have come back to something on their way, they are equal
  // as far as anybody can tell; where only one has, they are not.
  path ??= new Path();
  const seen = path.count(actual, expected);
  if (seen !== 0) return seen === 2;

  path.push(actual, expected);
  const result = equalElements(actual, expected, mode, path, kind) &&
    equalProperties(actual, expected, expectedKeys, mode, path) &&
    (symbols === undefined || equalProperties(actual, expected, symbols, mode, path));
  path.pop();
  return result;
}

function hasNoElements(object, kind) {
  switch (kind) {
    case ARRAY: return object.length === 0;
    case SET: case MAP: return object.size === 0;
    case ERROR: return false;
    default: return true;
  }
}

function equalElements(actual, expected, mode, path, kind) {
  switch (kind) {
    case ARRAY: return equalArrays(actual, expected, mode, path, equal);
    case SET: return equalSets(actual, expected, mode, path, equal);
    case MAP: return equalMaps(actual, expected, mode, path, equal);
    case ERROR:
      return equalErrorPart(actual, expected, 'cause', mode, path) &&
        equalErrorPart(actual, expected, 'errors', mode, path);
    default: return true;
  }
}

function equalProperties(actual, expected, names, mode, path) {
  for (let i = 0; i < names.length; i++) {
    if (!equal(actual[names[i]], expected[names[i]], mode, path)) return false;
  }
  return true;
}

// For values whose indices are elements: only what is not an index is a property.
function namedKeys(object, mode) {
  return ops.op_get_non_index_property_names(object, mode === LOOSE ? ONLY_ENUMERABLE | SKIP_SYMBOLS : ONLY_ENUMERABLE);
}

function equalObjects(actual, expected, mode, path) {
  const tag = tagOf(actual);
  if (tag !== tagOf(expected)) return false;

  if (Array.isArray(actual)) {
    if (!Array.isArray(expected)) return false;
    if (mode === PARTIAL ? actual.length < expected.length : actual.length !== expected.length) return false;
    return equalContents(actual, expected, mode, path, ARRAY, namedKeys(actual, mode), namedKeys(expected, mode));
  }
  if (tag === '[object Object]') return equalContents(actual, expected, mode, path, PLAIN);

  if (isDate(actual)) {
    if (!isDate(expected) || !is(timeOf(actual), timeOf(expected))) return false;
  } else if (isRegExp(actual)) {
    if (!isRegExp(expected) || actual.source !== expected.source || actual.flags !== expected.flags ||
        actual.lastIndex !== expected.lastIndex) {
      return false;
    }
  } else if (isArrayBufferView(actual)) {
    if (typedArrayName(actual) !== typedArrayName(expected) || !isArrayBufferView(expected) ||
        !equalViews(actual, expected, mode)) {
      return false;
    }
    return equalContents(actual, expected, mode, path, INDEXED, namedKeys(actual, mode), namedKeys(expected, mode));
  } else if (isSet(actual)) {
    if (!isSet(expected)) return false;
    if (mode === PARTIAL ? actual.size < expected.size : actual.size !== expected.size) return false;
    return equalContents(actual, expected, mode, path, SET);
  } else if (isMap(actual)) {
    if (!isMap(expected)) return false;
    if (mode === PARTIAL ? actual.size < expected.size : actual.size !== expected.size) return false;
    return equalContents(actual, expected, mode, path, MAP);
  } else if (isAnyArrayBuffer(actual)) {
    if (!isAnyArrayBuffer(expected) || isSharedArrayBuffer(actual) !== isSharedArrayBuffer(expected) ||
        !equalBuffers(actual, expected, mode)) {
      return false;
    }
  } else if (isError(actual)) {
    if (!isError(expected) || !equalErrorTexts(actual, expected, mode)) return false;
    return equalContents(actual, expected, mode, path, ERROR);
  } else if (isBoxedPrimitive(actual)) {
    if (!equalBoxed(actual, expected)) return false;
  } else if (hasOwnBrand(expected)) {
    return false;
  } else if (isWeakMap(actual) || isWeakSet(actual) || isPromise(actual)) {
    // What these hold cannot be seen.
    return false;
  } else if (tag === '[object URL]' && actual.href !== expected.href) {
    return false;
  }
  return equalContents(actual, expected, mode, path, PLAIN);
}

function equal(actual, expected, mode, path) {
  if (actual === expected) return actual !== 0 || mode === LOOSE || is(actual, expected);
  if (mode === LOOSE) {
    if (actual === null || typeof actual !== 'object') {
      // eslint-disable-next-line eqeqeq
      return (expected === null || typeof expected !== 'object') && (actual == expected || is(actual, expected));
    }
    if (expected === null || typeof expected !== 'object') return false;
  } else {
    if (typeof actual !== 'object') return typeof actual === 'number' && is(actual, expected);
    if (actual === null || expected === null || typeof expected !== 'object') return false;
    if (mode === STRICT && getPrototypeOf(actual) !== getPrototypeOf(expected)) return false;
  }
  return equalObjects(actual, expected, mode, path);
}

function isDeepEqual(actual, expected) {
  return equal(actual, expected, LOOSE);
}

function isDeepStrictEqual(actual, expected, skipPrototype) {
  return equal(actual, expected, skipPrototype ? STRICT_WITHOUT_PROTOTYPE : STRICT);
}

function isPartialStrictEqual(actual, expected) {
  return equal(actual, expected, PARTIAL);
}

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual, kEqualContents };
