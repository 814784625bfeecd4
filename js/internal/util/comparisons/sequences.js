'use strict';
// Elements of arrays, bytes of views and buffers, for internal/util/comparisons.
// In partial mode the expected elements must occur in their order, others may
// lie between them.

const { LOOSE, PARTIAL } = require('internal/util/comparisons/modes');

const { hasOwn, is, keys } = Object;
const { isTypedArray } = core;

// Whether `expected` is left when some of `actual` is struck out.
function isSubsequence(actual, expected, isMatch) {
  let next = 0;
  const length = expected.length;
  const spare = actual.length - length;
  if (spare < 0) return false;
  for (let i = 0; i < length; i++, next++) {
    while (!isMatch(actual[next], expected[i])) {
      next++;
      if (next - i > spare) return false;
    }
  }
  return true;
}

const MAX_INDEX = 2 ** 32 - 1;

function isIndex(key) {
  const number = Number(key);
  return number < MAX_INDEX && `${number >>> 0}` === key;
}

// The values that are there, from `start` on: a sparse array may be far too long to walk.
function presentValues(array, start) {
  const values = [];
  for (const key of keys(array)) {
    if (isIndex(key) && Number(key) >= start) values.push(array[key]);
  }
  return values;
}

function containsElements(actual, expected, mode, path, equal) {
  const isMatch = (one, other) => equal(one, other, mode, path);
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] === undefined && !hasOwn(expected, i)) {
      return isSubsequence(presentValues(actual, 0), presentValues(expected, 0), isMatch);
    }
  }
  return isSubsequence(actual, expected, isMatch);
}

function equalArrays(actual, expected, mode, path, equal) {
  if (mode === PARTIAL) return containsElements(actual, expected, mode, path, equal);
  const length = actual.length;
  for (let i = 0; i < length; i++) {
    const hole = actual[i] === undefined && !hasOwn(actual, i);
    if (hole !== (expected[i] === undefined && !hasOwn(expected, i))) return false;
    if (hole) return equalSparse(actual, expected, i, mode, path, equal);
    if (!equal(actual[i], expected[i], mode, path)) return false;
  }
  return true;
}

// Both have a hole at `start`; further ones are likely.
function equalSparse(actual, expected, start, mode, path, equal) {
  const indices = keys(actual).filter((key) => isIndex(key) && Number(key) > start);
  let count = 0;
  for (const key of keys(expected)) {
    if (isIndex(key) && Number(key) > start) count++;
  }
  if (count !== indices.length) return false;
  for (const index of indices) {
    if (!hasOwn(expected, index) || !equal(actual[index], expected[index], mode, path)) return false;
  }
  return true;
}

function equalBytes(actual, expected) {
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < actual.length; i++) {
    if (actual[i] !== expected[i]) return false;
  }
  return true;
}

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

// Both are typed arrays of one kind, or DataViews.
function equalViews(actual, expected, mode) {
  if (mode === PARTIAL) {
    if (isTypedArray(actual)) return isSubsequence(actual, expected, is);
    return isSubsequence(bytesOf(actual), bytesOf(expected), is);
  }
  if (actual.byteLength !== expected.byteLength) return false;
  // == takes 0 and -0 for one, and no NaN for another: bytes would not do.
  if (mode === LOOSE && isTypedArray(actual)) return equalBytes(actual, expected);
  return equalBytes(bytesOf(actual), bytesOf(expected));
}

function equalBuffers(actual, expected, mode) {
  actual = new Uint8Array(actual);
  expected = new Uint8Array(expected);
  return mode === PARTIAL ? isSubsequence(actual, expected, is) : equalBytes(actual, expected);
}

module.exports = { equalArrays, equalBuffers, equalViews };
