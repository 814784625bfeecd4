'use strict';
// assert.AssertionError and how its message comes from the operator and the two
// values. Diffs are made in internal/assert/diff.

const { inspect } = require('internal/util/inspect');
const { validateObject, validateOneOf } = require('internal/validators');
const { errorColors } = require('internal/assert/colors');
const { TITLES, equalityMessage, inspectValue } = require('internal/assert/diff');

const MAX_LONG_STRING_LENGTH = 512;
const MAX_MESSAGE_LENGTH = 1024;
const MAX_LINES = 50;

const { isNativeError } = core;
const isError = (value) => isNativeError(value) || value instanceof Error;

// The stacks of two errors would only hide what else differs.
function withoutStack(error) {
  const copy = { __proto__: Object.getPrototypeOf(error), ...error };
  Object.defineProperty(copy, 'message', { __proto__: null, value: error.message });
  if (Object.hasOwn(error, 'cause')) {
    const cause = isError(error.cause) ? withoutStack(error.cause) : error.cause;
    Object.defineProperty(copy, 'cause', { __proto__: null, value: cause });
  }
  return copy;
}

const isErrorWithStack = (value) =>
  typeof value === 'object' && value !== null && 'stack' in value && value instanceof Error;

const shorten = (text, diff, limit) =>
  (text.length > limit && diff !== 'full' ? `${text.slice(0, limit - 3)}...` : text);

function unequalMessage(actual, operator, diff) {
  const isReference = (typeof actual === 'object' && actual !== null) || typeof actual === 'function';
  const title = operator === 'notStrictEqual' && isReference ? TITLES.notStrictEqualObject : TITLES[operator];
  const lines = inspectValue(actual).split('\n');
  if (lines.length > MAX_LINES && diff !== 'full') {
    const { blue, white } = errorColors();
    lines.length = 47;
    lines[46] = `${blue}...${white}`;
  }
  if (lines.length > 1) return `${title}\n\n${lines.join('\n')}\n`;
  return `${title}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
}

function otherMessage(actual, expected, operator, diff) {
  const actualText = inspectValue(actual);
  const expectedText = inspectValue(expected);
  if (operator === 'notDeepEqual' && actualText === expectedText) {
    return shorten(`${TITLES.notDeepEqual}\n\n${actualText}`, diff, MAX_MESSAGE_LENGTH);
  }
  const left = shorten(actualText, diff, MAX_LONG_STRING_LENGTH);
  const right = shorten(expectedText, diff, MAX_LONG_STRING_LENGTH);
  if (operator === 'deepEqual') return `${TITLES.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  if (operator === 'notDeepEqual') {
    return `${TITLES.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  }
  return `${left} ${operator} ${right}`;
}

function messageFor(options) {
  const { message, operator, diff } = options;
  let { actual, expected } = options;
  if (isErrorWithStack(actual) && isErrorWithStack(expected)) {
    actual = withoutStack(actual);
    expected = withoutStack(expected);
  }
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
    case 'partialDeepStrictEqual':
      return equalityMessage(actual, expected, operator, message == null ? '' : String(message), diff);
  }
  if (message != null) return String(message);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return unequalMessage(actual, operator, diff);
  return otherMessage(actual, expected, operator, diff);
}

// For the error's properties, which inspect() prints below its stack.
function elide(value) {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return value.length > MAX_LONG_STRING_LENGTH ? `${value.slice(MAX_LONG_STRING_LENGTH)}...` : value;
}

function setName(error, value) {
  Object.defineProperty(error, 'name', { __proto__: null, value, enumerable: false, writable: true, configurable: true });
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, stackStartFunction, details, diff = 'simple' } = options;
    const { actual, expected } = options;
    if (diff !== undefined) validateOneOf(diff, 'options.diff', ['simple', 'full']);

    // The stack is captured below, from where the user called.
    const limit = Error.stackTraceLimit;
    const writable = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable === true;
    if (writable) Error.stackTraceLimit = 0;
    try {
      super(messageFor({ message, operator, actual, expected, diff }));
    } finally {
      if (writable) Error.stackTraceLimit = limit;
    }

    this.generatedMessage = !message;
    setName(this, 'AssertionError [ERR_ASSERTION]');
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) {
        this[`message ${i}`] = details[i].message;
        this[`actual ${i}`] = details[i].actual;
        this[`expected ${i}`] = details[i].expected;
        this[`operator ${i}`] = details[i].operator;
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    // The stack's first line is made now, with the code in the name.
    this.stack; // eslint-disable-line no-unused-expressions
    setName(this, 'AssertionError');
    this.diff = diff;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, context) {
    const { actual, expected } = this;
    this.actual = elide(actual);
    this.expected = elide(expected);
    const result = inspect(this, { ...context, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return result;
  }
}

module.exports = { AssertionError, isError };
