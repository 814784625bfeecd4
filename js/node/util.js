'use strict';
// The public 'util' module. Its parts are in internal/util/*; here they are put together, with the few that are a
// line or two.

const {
  ErrnoException,
  ExceptionWithHostPort,
  codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE },
  errnoMap,
  uvErrorMessage,
  uvErrorName,
} = require('internal/errors');
const { validateNumber, validateString, validateStringArray } = require('internal/validators');
const { TextDecoder, TextEncoder } = require('internal/encoding');
const { aborted } = require('internal/util/aborted');
const { callbackify, promisify } = require('internal/util/promisify');
const { debuglog } = require('internal/util/debuglog');
const { deprecate } = require('internal/util/deprecate');
const { format, formatWithOptions } = require('internal/util/format');
const { getCallSites } = require('internal/util/call_sites');
const { inspect, stripVTControlCharacters: stripControlSequences } = require('internal/util/inspect');
const { isDeepStrictEqual } = require('internal/util/comparisons');
const { MIMEParams, MIMEType } = require('internal/util/mime');
const { diffLines } = require('internal/util/line_diff');
const { parseArgs } = require('internal/util/parse_args');
const { parseEnv } = require('internal/util/parse_env');
const { signalExitCode } = require('internal/util/signals');
const { styleText } = require('internal/util/style_text');
const types = require('internal/util/types');

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', {
    __proto__: null, value: superCtor, writable: true, configurable: true,
  });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

function checkErrno(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new ERR_OUT_OF_RANGE('err', 'a negative integer', err);
}

function getSystemErrorName(err) {
  checkErrno(err);
  return uvErrorName(err);
}

function getSystemErrorMessage(err) {
  checkErrno(err);
  return uvErrorMessage(err);
}

function getSystemErrorMap() {
  return errnoMap();
}

function stripVTControlCharacters(str) {
  validateString(str, 'str');
  return stripControlSequences(str);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

function checkDiffInput(value, name) {
  if (Array.isArray(value)) validateStringArray(value, name);
  else validateString(value, name);
}

// [0, text] for what both have, [1, text] for what only `actual` has, [-1, text] for what only `expected` has.
function diff(actual, expected) {
  if (actual === expected) return [];
  checkDiffInput(actual, 'actual');
  checkDiffInput(expected, 'expected');
  return diffLines([...actual], [...expected], false).map(({ side, text }) => [side, text]);
}

function setTraceSigInt() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('util.setTraceSigInt()');
}

// Message ports are loaded by the programs that send signals through them.
function transferableAbortController() {
  return require('internal/messaging/abort_signal').transferableAbortController();
}

function transferableAbortSignal(signal) {
  return require('internal/messaging/abort_signal').transferableAbortSignal(signal);
}

module.exports = {
  _errnoException: ErrnoException,
  _exceptionWithHostPort: ExceptionWithHostPort,
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  MIMEParams,
  MIMEType,
  TextDecoder,
  TextEncoder,
  aborted,
  callbackify,
  convertProcessSignalToExitCode: signalExitCode,
  debug: debuglog,
  debuglog,
  deprecate,
  diff,
  format,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
    'DEP0044'),
  isDeepStrictEqual,
  parseArgs,
  parseEnv,
  promisify,
  setTraceSigInt,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  transferableAbortController,
  transferableAbortSignal,
  types,
};
