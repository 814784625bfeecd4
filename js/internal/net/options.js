'use strict';
// The arguments of connect() and listen() in all their forms, and the process-wide defaults.

const {
  codes: { ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { getOption, hasOption } = require('internal/options');
const { validateBoolean, validateInt32 } = require('internal/validators');

const kNormalized = Symbol('normalizedArgs');

// An attempt has this long at least before the next address is tried.
const kShortestAttempt = 10;
const kDefaultAttempt = 500;

let autoSelectFamily;
let autoSelectFamilyAttemptTimeout;

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
  const normalized = [options, args.length > 0 && typeof last === 'function' ? last : null];
  normalized[kNormalized] = true;
  return normalized;
}

function isNormalized(args) {
  return Array.isArray(args) && args[kNormalized] === true;
}

// Sockets carry bytes.
function refuseObjectMode(options) {
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (options[name]) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
}

function getDefaultAutoSelectFamily() {
  return (autoSelectFamily ??= !hasOption('no-network-family-autoselection') && !hasOption('no-enable-network-family-autoselection'));
}

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  autoSelectFamily = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  return (autoSelectFamilyAttemptTimeout ??=
    Math.max(Number(getOption('network-family-autoselection-attempt-timeout') ?? kDefaultAttempt) || kDefaultAttempt, kShortestAttempt));
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  autoSelectFamilyAttemptTimeout = Math.max(value, kShortestAttempt);
}

module.exports = {
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isNormalized,
  kShortestAttempt,
  normalizeArgs,
  refuseObjectMode,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
  toNumber,
};
