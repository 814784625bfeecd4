'use strict';
// The arguments of connect() and listen() in all their forms, and the process-wide defaults.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateBoolean, validateInt32 } = require('internal/validators');

const kNormalized = Symbol('normalizedArgs');

let autoSelectFamily = true;
let autoSelectFamilyAttemptTimeout = 500;

// Whether the text is a port number; '0x10' and ' 80' count, as in Node.
function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

// (options, cb), (port, host, cb), (path, cb) -> [options, cb or null]
function normalizeArgs(args) {
  let options = {};
  if (args.length > 0) {
    const first = args[0];
    if (typeof first === 'object' && first !== null) {
      options = first;
    } else if (typeof first === 'string' && toNumber(first) === false) {
      options.path = first;
    } else {
      options.port = first;
      if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
    }
  }
  const last = args[args.length - 1];
  const normalized = [options, typeof last === 'function' && args.length > 0 ? last : null];
  normalized[kNormalized] = true;
  return normalized;
}

function isNormalized(args) {
  return Array.isArray(args) && args[kNormalized] === true;
}

function checkConnectOptions(options) {
  if (options.port === undefined && options.path == null) throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
  if (options.objectMode) throw new ERR_INVALID_ARG_VALUE('options.objectMode', options.objectMode, 'is not supported');
  if (options.readableObjectMode || options.writableObjectMode) {
    const name = options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode';
    throw new ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
}

function getDefaultAutoSelectFamily() {
  return autoSelectFamily;
}

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  autoSelectFamily = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  return autoSelectFamilyAttemptTimeout;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  autoSelectFamilyAttemptTimeout = Math.max(value, 10);
}

module.exports = {
  checkConnectOptions,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isNormalized,
  normalizeArgs,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
  toNumber,
};
