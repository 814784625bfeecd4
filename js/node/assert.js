'use strict';
// The public surface of assert: the Assert class with one method for each
// assertion, and the module's functions, which are those methods with default
// options. Messages, diffs and the checks of exceptions are in internal/assert.

const {
  codes: { ERR_CONSTRUCT_CALL_REQUIRED, ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual } = require('internal/util/comparisons');
const { validateOneOf } = require('internal/validators');
const { AssertionError, isError } = require('internal/assert/assertion_error');
const { innerFail } = require('internal/assert/fail');
const { innerOk } = require('internal/assert/ok');
const { expectError, expectNoError, getActual, waitForActual } = require('internal/assert/exceptions');

const { isRegExp } = core;

const kOptions = Symbol('options');

// Methods work without their object too, with the options' defaults.
const diffOf = (receiver) => receiver?.[kOptions]?.diff ?? 'simple';
const skipsPrototype = (receiver) => receiver?.[kOptions]?.skipPrototype === true;

function needTwo(args) {
  if (args.length < 2) throw new ERR_MISSING_ARGS('actual', 'expected');
}

function Assert(options) {
  if (new.target === undefined) throw new ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  const settings = { __proto__: null, strict: true, skipPrototype: false, ...options };
  if (settings.diff !== undefined) validateOneOf(settings.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, { __proto__: null, value: settings, enumerable: false });
  if (settings.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

// In the order in which the module's functions are listed.
const { prototype } = Assert;

prototype.fail = function fail(message) {
  if (isError(message)) throw message;
  const generatedMessage = message === undefined;
  const error = new AssertionError({
    message: generatedMessage ? 'Failed' : message,
    operator: 'fail',
    stackStartFn: fail,
    diff: diffOf(this),
  });
  error.generatedMessage = generatedMessage;
  throw error;
};

prototype.ok = function ok(...args) {
  innerOk(ok, args, diffOf(this));
};

prototype.equal = function equal(actual, expected, ...message) {
  needTwo(arguments);
  // eslint-disable-next-line eqeqeq
  if (actual == expected || (Number.isNaN(actual) && Number.isNaN(expected))) return;
  innerFail({ actual, expected, message, operator: '==', stackStartFn: equal, diff: diffOf(this) });
};

prototype.notEqual = function notEqual(actual, expected, ...message) {
  needTwo(arguments);
  // eslint-disable-next-line eqeqeq
  if (actual != expected && !(Number.isNaN(actual) && Number.isNaN(expected))) return;
  innerFail({ actual, expected, message, operator: '!=', stackStartFn: notEqual, diff: diffOf(this) });
};

prototype.deepEqual = function deepEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (isDeepEqual(actual, expected)) return;
  innerFail({ actual, expected, message, operator: 'deepEqual', stackStartFn: deepEqual, diff: diffOf(this) });
};

prototype.notDeepEqual = function notDeepEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (!isDeepEqual(actual, expected)) return;
  innerFail({ actual, expected, message, operator: 'notDeepEqual', stackStartFn: notDeepEqual, diff: diffOf(this) });
};

prototype.deepStrictEqual = function deepStrictEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (isDeepStrictEqual(actual, expected, skipsPrototype(this))) return;
  innerFail({
    actual, expected, message, operator: 'deepStrictEqual', stackStartFn: deepStrictEqual, diff: diffOf(this),
  });
};

prototype.notDeepStrictEqual = function notDeepStrictEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (!isDeepStrictEqual(actual, expected, skipsPrototype(this))) return;
  innerFail({
    actual, expected, message, operator: 'notDeepStrictEqual', stackStartFn: notDeepStrictEqual, diff: diffOf(this),
  });
};

prototype.strictEqual = function strictEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (Object.is(actual, expected)) return;
  innerFail({ actual, expected, message, operator: 'strictEqual', stackStartFn: strictEqual, diff: diffOf(this) });
};

prototype.notStrictEqual = function notStrictEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (!Object.is(actual, expected)) return;
  innerFail({ actual, expected, message, operator: 'notStrictEqual', stackStartFn: notStrictEqual, diff: diffOf(this) });
};

prototype.partialDeepStrictEqual = function partialDeepStrictEqual(actual, expected, ...message) {
  needTwo(arguments);
  if (isPartialStrictEqual(actual, expected)) return;
  innerFail({
    actual,
    expected,
    message,
    operator: 'partialDeepStrictEqual',
    stackStartFn: partialDeepStrictEqual,
    diff: diffOf(this),
  });
};

prototype.throws = function throws(fn, ...args) {
  const check = { name: 'throws', noun: 'exception', from: throws, diff: diffOf(this) };
  expectError(check, getActual(fn), args);
};

prototype.rejects = async function rejects(promiseFn, ...args) {
  const check = { name: 'rejects', noun: 'rejection', from: rejects, diff: diffOf(this) };
  expectError(check, await waitForActual(promiseFn), args);
};

prototype.doesNotThrow = function doesNotThrow(fn, ...args) {
  const check = { name: 'doesNotThrow', noun: 'exception', from: doesNotThrow, diff: diffOf(this) };
  expectNoError(check, getActual(fn), args);
};

prototype.doesNotReject = async function doesNotReject(fn, ...args) {
  const check = { name: 'doesNotReject', noun: 'rejection', from: doesNotReject, diff: diffOf(this) };
  expectNoError(check, await waitForActual(fn), args);
};

// The frames of the new error that the original one does not have, then the original's.
function joinStacks(stack, original) {
  const start = original.indexOf('\n    at');
  if (start === -1) return stack;
  const originalFrames = original.slice(start + 1).split('\n');
  const frames = stack.split('\n');
  const shared = originalFrames.map((frame) => frames.indexOf(frame)).find((index) => index !== -1);
  return [...frames.slice(0, shared), ...originalFrames].join('\n');
}

prototype.ifError = function ifError(err) {
  if (err === null || err === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof err === 'object' && typeof err.message === 'string') {
    message += err.message.length === 0 && err.constructor ? err.constructor.name : err.message;
  } else {
    message += inspect(err);
  }
  const error = new AssertionError({
    actual: err,
    expected: null,
    operator: 'ifError',
    message,
    stackStartFn: ifError,
    diff: diffOf(this),
  });
  if (typeof err.stack === 'string') error.stack = joinStacks(error.stack, err.stack);
  throw error;
};

function checkMatch(string, regexp, message, from, wanted, diff) {
  if (!isRegExp(regexp)) throw new ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
  let generated;
  if (typeof string !== 'string') {
    generated = `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
  } else {
    generated = wanted ? 'The input did not match the regular expression ' :
      'The input was expected to not match the regular expression ';
    generated += `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  }
  const options = { actual: string, expected: regexp, operator: from.name, stackStartFn: from, diff };
  if (message.length > 0 && message[0]) innerFail({ ...options, message });
  const error = new AssertionError({ ...options, message: generated });
  error.generatedMessage = true;
  throw error;
}

prototype.match = function match(string, regexp, ...message) {
  checkMatch(string, regexp, message, match, true, diffOf(this));
};

prototype.doesNotMatch = function doesNotMatch(string, regexp, ...message) {
  checkMatch(string, regexp, message, doesNotMatch, false, diffOf(this));
};

// One function each: the quoted source and the stack begin at the one that was called.
function ok(...args) {
  innerOk(ok, args, 'simple');
}

function strict(...args) {
  innerOk(strict, args, 'simple');
}

const assert = module.exports = ok;
Object.assign(assert, prototype, { ok });
assert.AssertionError = AssertionError;
assert.Assert = Assert;
assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  notEqual: assert.notStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
