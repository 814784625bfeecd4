'use strict';
// Assertions about what a function throws or a promise rejects with: calling
// it, and holding the outcome against a class, a pattern, an object or a
// validation function.

const {
  codes: { ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_RETURN_VALUE },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { isDeepStrictEqual } = require('internal/util/comparisons');
const { validateFunction } = require('internal/validators');
const { AssertionError, isError } = require('internal/assert/assertion_error');

const { isPromise, isRegExp } = core;

const NOTHING = Symbol('nothing was thrown');

const matches = (pattern, text) => RegExp.prototype.exec.call(pattern, text) !== null;
const isPattern = (value) => isRegExp(value);
const isErrorClass = (value) => Object.prototype.isPrototypeOf.call(Error, value);

function getActual(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

// A thenable has to look like a promise: an object with both methods.
function isPromiseLike(value) {
  return isPromise(value) || (value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function');
}

async function waitForActual(promiseFn) {
  let promise = promiseFn;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isPromiseLike(promise)) throw new ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (!isPromiseLike(promiseFn)) {
    throw new ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

// The properties that an assertion names, so that the diff shows nothing else.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const matched = actual !== undefined && typeof actual[key] === 'string' && isPattern(object[key]) &&
        matches(object[key], actual[key]);
      this[key] = matched ? actual[key] : object[key];
    }
  }
}

function compareKey(check, actual, expected, key, keys, message) {
  if (key in actual && isDeepStrictEqual(actual[key], expected[key])) return;
  const shown = message ? { actual, expected, operator: check.name } : {
    actual: new Comparison(actual, keys),
    expected: new Comparison(expected, keys, actual),
    operator: 'deepStrictEqual',
  };
  if (isError(message)) throw message;
  const error = new AssertionError({ ...shown, message, stackStartFn: check.from, diff: check.diff });
  error.actual = actual;
  error.expected = expected;
  error.operator = check.name;
  throw error;
}

function matchObject(check, actual, expected, message) {
  if (typeof actual !== 'object' || actual === null) {
    const error = new AssertionError({
      actual,
      expected,
      message,
      operator: 'deepStrictEqual',
      stackStartFn: check.from,
      diff: check.diff,
    });
    error.operator = check.name;
    throw error;
  }
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw new ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  for (const key of keys) {
    if (typeof actual[key] === 'string' && isPattern(expected[key]) && matches(expected[key], actual[key])) continue;
    compareKey(check, actual, expected, key, keys, message);
  }
}

// What is wrong, in words, or undefined where `actual` is as expected.
function mismatch(actual, expected) {
  if (isPattern(expected)) {
    const text = String(actual);
    if (matches(expected, text)) return undefined;
    return `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return undefined;
  if (isErrorClass(expected)) {
    let text = `The error is expected to be an instance of "${expected.name}". Received `;
    if (isError(actual)) text += `"${actual.name}"`;
    else text += `"${inspect(actual, { depth: -1 })}"`;
    if (isError(actual) && actual.message) text += `\n\nError message:\n\n${actual.message}`;
    return text;
  }
  const result = Reflect.apply(expected, {}, [actual]);
  if (result === true) return undefined;
  const name = expected.name ? `"${expected.name}" ` : '';
  let text = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
  if (isError(actual)) text += `\n\nCaught error:\n\n${actual}`;
  return text;
}

// `check`: { name, noun, from, diff }, the assertion on whose behalf this is.
function expectError(check, actual, args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length === 2) throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new ERR_AMBIGUOUS_ARGUMENT(
          'error/message', `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error !== null && error !== undefined && typeof error !== 'object' && typeof error !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }

  if (actual === NOTHING) {
    const details = (error?.name ? ` (${error.name})` : '') + (message ? `: ${message}` : '.');
    throw new AssertionError({
      actual: undefined,
      expected: error,
      operator: check.name,
      message: `Missing expected ${check.noun}${details}`,
      stackStartFn: check.from,
      diff: check.diff,
    });
  }
  if (!error) return;
  if (typeof error === 'object' && !isPattern(error)) {
    matchObject(check, actual, error, message);
    return;
  }
  const generated = mismatch(actual, error);
  if (generated === undefined) return;
  const failure = new AssertionError({
    actual,
    expected: error,
    message: message || generated,
    operator: check.name,
    stackStartFn: check.from,
    diff: check.diff,
  });
  failure.generatedMessage = !message;
  throw failure;
}

function isUnwanted(actual, expected) {
  if (typeof expected !== 'function') {
    if (isPattern(expected)) return matches(expected, String(actual));
    throw new ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  // Arrow functions have no prototype, and instanceof would throw.
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (isErrorClass(expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function expectNoError(check, actual, args) {
  if (actual === NOTHING) return;
  let [error, message] = args;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (!error || isUnwanted(actual, error)) {
    throw new AssertionError({
      actual,
      expected: error,
      operator: check.name,
      message: `Got unwanted ${check.noun}${message ? `: ${message}` : '.'}\n` +
        `Actual message: "${actual?.message}"`,
      stackStartFn: check.from,
      diff: check.diff,
    });
  }
  throw actual;
}

module.exports = { expectError, expectNoError, getActual, waitForActual };
