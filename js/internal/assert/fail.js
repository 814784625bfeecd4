'use strict';
// Throwing an AssertionError, and what the `message` arguments of an assertion
// may be: text with printf-like values, an error to throw instead, or a
// function that makes the text.

const { codes: { ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { format } = require('internal/util/format');
const { AssertionError, isError } = require('internal/assert/assertion_error');

// The caller's message, or undefined where there is none. Throws the error that was given for one.
function ownMessage(args, actual, expected) {
  const first = args[0];
  if (first === undefined || first === null) return undefined;
  if (typeof first === 'string') return args.length > 1 ? format(...args) : first;
  if (isError(first)) {
    if (args.length > 1) {
      throw new ERR_AMBIGUOUS_ARGUMENT(
        'message',
        `The error message was passed as error object "${Error.prototype.toString.call(first)}" has trailing ` +
        'arguments that would be ignored.');
    }
    throw first;
  }
  if (typeof first === 'function') {
    if (args.length > 1) {
      throw new ERR_AMBIGUOUS_ARGUMENT(
        'message',
        `The error message with function "${first.name || 'anonymous'}" has trailing arguments that would be ignored.`);
    }
    try {
      const message = first(actual, expected);
      return typeof message === 'string' ? message : undefined;
    } catch {
      return undefined;
    }
  }
  throw new ERR_INVALID_ARG_TYPE('message', ['string', 'function'], first);
}

// `options.message` is the list of message arguments.
function innerFail(options) {
  const { message } = options;
  // Only ok() takes one that is not there for none.
  if (message?.length > 0 && (message[0] === undefined || message[0] === null)) {
    throw new ERR_INVALID_ARG_TYPE('message', ['string', 'function'], message[0]);
  }
  throw new AssertionError({ ...options, message: ownMessage(options.message, options.actual, options.expected) });
}

module.exports = { innerFail, ownMessage };
