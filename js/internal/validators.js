'use strict';
// Argument checks shared by all built-ins. Each throws Node's error for the first thing that is wrong and returns
// nothing unless said; none converts its argument.

const {
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
    ERR_INVALID_THIS,
    ERR_OUT_OF_RANGE,
    ERR_SOCKET_BAD_PORT,
    ERR_UNKNOWN_ENCODING,
    ERR_UNKNOWN_SIGNAL,
  },
  hideFrames,
} = require('internal/errors');
const { normalizeEncoding } = require('internal/util/encoding_names');

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1;
const kValidateObjectAllowArray = 2;
const kValidateObjectAllowFunction = 4;
const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
const kValidateObjectAllowObjectsAndNull = kValidateObjectAllowObjects | kValidateObjectAllowNullable;

// The validator itself is of no interest in the stack of what it throws.
function fail(validator, ErrorClass, ...args) {
  throw hideFrames(validator, ErrorClass, args);
}

function isInt32(value) {
  return value === (value | 0);
}

function isUint32(value) {
  return value === (value >>> 0);
}

const OCTAL = /^[0-7]+$/;

// Returns the mode as a number; `value` may also be an octal string.
function parseFileMode(value, name, fallback) {
  value ??= fallback;
  if (typeof value === 'string') {
    if (!OCTAL.test(value)) {
      fail(parseFileMode, ERR_INVALID_ARG_VALUE, name, value,
        'must be a 32-bit unsigned integer or an octal string');
    }
    value = Number.parseInt(value, 8);
  }
  validateUint32(value, name);
  return value;
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') fail(validateInteger, ERR_INVALID_ARG_TYPE, name, 'number', value);
  if (!Number.isInteger(value)) fail(validateInteger, ERR_OUT_OF_RANGE, name, 'an integer', value);
  if (value < min || value > max) {
    fail(validateInteger, ERR_OUT_OF_RANGE, name, `>= ${min} && <= ${max}`, value);
  }
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  if (typeof value !== 'number') fail(validateInt32, ERR_INVALID_ARG_TYPE, name, 'number', value);
  if (!Number.isInteger(value)) fail(validateInt32, ERR_OUT_OF_RANGE, name, 'an integer', value);
  if (value < min || value > max) {
    fail(validateInt32, ERR_OUT_OF_RANGE, name, `>= ${min} && <= ${max}`, value);
  }
}

function validateUint32(value, name, positive = false) {
  if (typeof value !== 'number') fail(validateUint32, ERR_INVALID_ARG_TYPE, name, 'number', value);
  if (!Number.isInteger(value)) fail(validateUint32, ERR_OUT_OF_RANGE, name, 'an integer', value);
  const min = positive ? 1 : 0;
  if (value < min || value > 4294967295) {
    fail(validateUint32, ERR_OUT_OF_RANGE, name, `>= ${min} && <= 4294967295`, value);
  }
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') fail(validateNumber, ERR_INVALID_ARG_TYPE, name, 'number', value);
  if ((min != null && value < min) || (max != null && value > max) ||
      ((min != null || max != null) && Number.isNaN(value))) {
    const low = min != null ? `>= ${min}` : '';
    const high = max != null ? `<= ${max}` : '';
    fail(validateNumber, ERR_OUT_OF_RANGE, name, low && high ? `${low} && ${high}` : low + high, value);
  }
}

function validateString(value, name) {
  if (typeof value !== 'string') fail(validateString, ERR_INVALID_ARG_TYPE, name, 'string', value);
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') fail(validateBoolean, ERR_INVALID_ARG_TYPE, name, 'boolean', value);
}

function validateFunction(value, name) {
  if (typeof value !== 'function') fail(validateFunction, ERR_INVALID_ARG_TYPE, name, 'Function', value);
}

// For callbacks that will not be awaited: an async function there would lose its rejection.
function validatePlainFunction(value, name) {
  if (typeof value !== 'function' || core.isAsyncFunction(value)) {
    fail(validatePlainFunction, ERR_INVALID_ARG_TYPE, name, 'Function', value);
  }
}

function validateUndefined(value, name) {
  if (value !== undefined) fail(validateUndefined, ERR_INVALID_ARG_TYPE, name, 'undefined', value);
}

function validateOneOf(value, name, oneOf) {
  if (oneOf.includes(value)) return;
  const allowed = oneOf.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ');
  fail(validateOneOf, ERR_INVALID_ARG_VALUE, name, value, `must be one of: ${allowed}`);
}

function validateUnion(value, name, union) {
  if (!union.includes(value)) {
    fail(validateUnion, ERR_INVALID_ARG_TYPE, name, `('${union.join('|')}')`, value);
  }
}

// `options` is a sum of the kValidateObject* numbers.
function validateObject(value, name, options = kValidateObjectNone) {
  if (value === null) {
    if (options & kValidateObjectAllowNullable) return;
  } else if (typeof value === 'object') {
    if (!Array.isArray(value) || options & kValidateObjectAllowArray) return;
  } else if (typeof value === 'function' && options & kValidateObjectAllowFunction) {
    return;
  }
  fail(validateObject, ERR_INVALID_ARG_TYPE, name, 'Object', value);
}

// A WebIDL dictionary: undefined and null mean an empty one.
function validateDictionary(value, name) {
  if (value != null && typeof value !== 'object' && typeof value !== 'function') {
    fail(validateDictionary, ERR_INVALID_ARG_TYPE, name, 'a dictionary', value);
  }
}

function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) fail(validateArray, ERR_INVALID_ARG_TYPE, name, 'Array', value);
  if (value.length < minLength) {
    fail(validateArray, ERR_INVALID_ARG_VALUE, name, value, `must be longer than ${minLength}`);
  }
}

function validateStringArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; ++i) {
    if (typeof value[i] !== 'string') validateString(value[i], `${name}[${i}]`);
  }
}

function validateBooleanArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; ++i) {
    if (value[i] !== true && value[i] !== false) validateBoolean(value[i], `${name}[${i}]`);
  }
}

function validateAbortSignalArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) {
    if (value[i] == null) {
      fail(validateAbortSignalArray, ERR_INVALID_ARG_TYPE, `${name}[${i}]`, 'AbortSignal', value[i]);
    }
    validateAbortSignal(value[i], `${name}[${i}]`);
  }
}

// Anything with an `aborted` will do, as for Node: signals come from other realms and polyfills. undefined is no signal.
function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    fail(validateAbortSignal, ERR_INVALID_ARG_TYPE, name, 'AbortSignal', signal);
  }
}

let signalNumbers;

// Signal names belong to os, a higher layer; what is loaded here is its pure data, once somebody sends a signal.
function validateSignalName(signal, name = 'signal') {
  validateString(signal, name);
  signalNumbers ??= require('internal/os/constants').signals;
  if (signalNumbers[signal] === undefined) {
    if (signalNumbers[signal.toUpperCase()] !== undefined) {
      fail(validateSignalName, ERR_UNKNOWN_SIGNAL, `${signal} (signals must use all capital letters)`);
    }
    fail(validateSignalName, ERR_UNKNOWN_SIGNAL, signal);
  }
}

function validateBuffer(buffer, name = 'buffer') {
  if (!ArrayBuffer.isView(buffer)) {
    fail(validateBuffer, ERR_INVALID_ARG_TYPE, name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

// An odd number of hexadecimal digits is no bytes; every other string is some in every encoding.
function validateEncoding(data, encoding) {
  if (normalizeEncoding(encoding) === 'hex' && data.length % 2 !== 0) {
    fail(validateEncoding, ERR_INVALID_ARG_VALUE, 'encoding', encoding, `is invalid for data of length ${data.length}`);
  }
}

function checkEncodingName(encoding) {
  if (normalizeEncoding(encoding) === undefined) fail(checkEncodingName, ERR_UNKNOWN_ENCODING, encoding);
}

// Returns the port as a number from 0 (or 1) to 65535.
function validatePort(port, name = 'Port', allowZero = true) {
  if ((typeof port !== 'number' && typeof port !== 'string') ||
      (typeof port === 'string' && port.trim().length === 0) ||
      +port !== (+port >>> 0) || port > 0xFFFF || (port === 0 && !allowZero)) {
    fail(validatePort, ERR_SOCKET_BAD_PORT, name, port, allowZero);
  }
  return port | 0;
}

function validateThisInternalField(object, key, className) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, key)) {
    fail(validateThisInternalField, ERR_INVALID_THIS, className);
  }
}

function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  validateNumber(value, name);
  return fail(validateFiniteNumber, ERR_OUT_OF_RANGE, name, 'a finite number', value);
}

// Returns the number to use: `value` within min and max, or `fallback` for undefined and NaN.
function checkRangesOrGetDefault(value, name, min, max, fallback) {
  if (!validateFiniteNumber(value, name)) return fallback;
  if (value < min || value > max) {
    fail(checkRangesOrGetDefault, ERR_OUT_OF_RANGE, name, `>= ${min} and <= ${max}`, value);
  }
  return value;
}

const LINK = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
const LINK_REASON = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';

function validateLink(value, name) {
  if (value === undefined || !LINK.test(value)) {
    fail(validateLink, ERR_INVALID_ARG_VALUE, name, value, LINK_REASON);
  }
}

// Returns the header's text: one link, or an array of them joined.
function validateLinkHeaderValue(hints) {
  if (typeof hints === 'string') {
    validateLink(hints, 'hints');
    return hints;
  }
  if (!Array.isArray(hints)) fail(validateLinkHeaderValue, ERR_INVALID_ARG_VALUE, 'hints', hints, LINK_REASON);
  for (const link of hints) validateLink(link, 'hints');
  return hints.join(', ');
}

module.exports = {
  checkEncodingName,
  checkRangesOrGetDefault,
  isInt32,
  isUint32,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowNullable,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  kValidateObjectNone,
  parseFileMode,
  validateAbortSignal,
  validateAbortSignalArray,
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateBuffer,
  validateDictionary,
  validateEncoding,
  validateFiniteNumber,
  validateFunction,
  validateInt32,
  validateInteger,
  validateLinkHeaderValue,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePlainFunction,
  validatePort,
  validateSignalName,
  validateString,
  validateStringArray,
  validateThisInternalField,
  validateUint32,
  validateUndefined,
  validateUnion,
};
