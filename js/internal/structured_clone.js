'use strict';

// structuredClone(): what is left of a message when it is read where it was written.

const {
  codes: { ERR_MISSING_ARGS },
} = require('internal/errors');
const { cloneNow, makeMessage } = require('internal/messaging/message');

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// In the words of the web's bindings, which are not those of Node's own argument errors.
function argumentError(text) {
  const error = new TypeError(`Failed to execute 'structuredClone': ${text}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function transferList(options) {
  if (options === undefined || options === null) return undefined;
  if (!isObject(options)) throw argumentError('Options cannot be converted to a dictionary');
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (!isObject(transfer) || typeof transfer[Symbol.iterator] !== 'function') {
    throw argumentError('transfer in Options can not be converted to sequence.');
  }
  return [...transfer];
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('value');
  const list = transferList(options);
  return list === undefined || list.length === 0 ? cloneNow(value) : makeMessage(value, list).read();
}

module.exports = { structuredClone };
