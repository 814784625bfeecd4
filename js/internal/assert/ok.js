'use strict';
// assert(value) and assert.ok(value): the message quotes the caller's source.
// Failing with a message of the caller's own is in internal/assert/fail.

const { AssertionError } = require('internal/assert/assertion_error');
const { callSource } = require('internal/assert/call_source');
const { ownMessage } = require('internal/assert/fail');

function falsyMessage(from) {
  const limit = Error.stackTraceLimit;
  const writable = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable === true;
  if (writable) Error.stackTraceLimit = 1;
  const here = {};
  Error.captureStackTrace(here, from);
  if (writable) Error.stackTraceLimit = limit;
  const place = ops.op_os_error_source(here);
  // Undefined for code without source text; the values have to speak then.
  if (place === null || place === undefined) return undefined;
  return `The expression evaluated to a falsy value:\n\n  ${callSource(place[0], place[1])}\n`;
}

function innerOk(from, args, diff) {
  const value = args[0];
  if (value) return;
  let message;
  let generatedMessage = false;
  if (args.length === 0) {
    generatedMessage = true;
    message = 'No value argument passed to `assert.ok()`';
  } else {
    message = ownMessage(args.slice(1), value, true);
    if (message === undefined) {
      generatedMessage = true;
      message = falsyMessage(from);
    }
  }
  const error = new AssertionError({
    actual: value,
    expected: true,
    message,
    operator: '==',
    stackStartFn: from,
    diff,
  });
  error.generatedMessage = generatedMessage;
  throw error;
}

module.exports = { innerOk };
