'use strict';
// The arguments of spawn() and of everything built on it, checked and put into one form.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_SIGNAL },
} = require('internal/errors');
const {
  validateBoolean, validateInt32, validateInteger, validateNumber, validateObject, validateString,
} = require('internal/validators');
const { signalName, signalNumber } = require('internal/process/signal_numbers');
const { toPathIfFileURL } = require('internal/url/file_url');

// Bytes of output, unless told otherwise, after which a child is killed.
const MAX_BUFFER = 1024 * 1024;
const SHELL = '/bin/sh';

function rejectNullBytes(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function rejectNullBytesInList(values, name) {
  for (let i = 0; i < values.length; i++) rejectNullBytes(values[i], `${name}[${i}]`);
}

// A path as a string, from a string, a Buffer or a file URL.
function getPath(value, name) {
  const path = toPathIfFileURL(value);
  if (typeof path === 'string') {
    rejectNullBytes(path, name);
    return path;
  }
  if (path instanceof Uint8Array) {
    const text = path.toString();
    rejectNullBytes(text, name);
    return text;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
}

function validateTimeout(timeout) {
  if (timeout != null) validateInteger(timeout, 'timeout', 0);
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer != null) validateNumber(maxBuffer, 'options.maxBuffer', 0);
}

// The number of a signal given by name or number.
function toSignal(signal) {
  if (typeof signal === 'number' && signalName(signal) !== undefined) return signal;
  if (typeof signal === 'string') {
    const number = signalNumber(signal.toUpperCase());
    if (number !== undefined) return number;
  }
  throw new ERR_UNKNOWN_SIGNAL(signal);
}

function sanitizeKillSignal(killSignal) {
  if (typeof killSignal === 'string' || typeof killSignal === 'number') return toSignal(killSignal);
  if (killSignal != null) {
    throw new ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], killSignal);
  }
  return undefined;
}

// (file, options) and (file, args, options) with anything left out.
function sortArguments(args, options) {
  if (Array.isArray(args)) return [[...args], options];
  if (args == null) return [[], options];
  if (typeof args !== 'object') throw new ERR_INVALID_ARG_TYPE('args', 'object', args);
  return [[], args];
}

function checkOptions(options) {
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  if (options.uid != null) validateInt32(options.uid, 'options.uid');
  if (options.gid != null) validateInt32(options.gid, 'options.gid');
  const { shell } = options;
  if (shell != null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    rejectNullBytes(options.argv0, 'options.argv0');
  }
  if (options.windowsHide != null) validateBoolean(options.windowsHide, 'options.windowsHide');
  if (options.windowsVerbatimArguments != null) {
    validateBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');
  }
  rejectNullBytes(shell, 'options.shell');
}

let warnedOfShellArguments = false;

function warnOfShellArguments() {
  if (warnedOfShellArguments) return;
  warnedOfShellArguments = true;
  process.emitWarning(
    'Passing args to a child process with shell option true can lead to security ' +
    'vulnerabilities, as the arguments are not escaped, only concatenated.',
    'DeprecationWarning', 'DEP0190');
}

// NAME=value for each variable of the child.
function toEnvPairs(env) {
  const pairs = [];
  // What the object inherits counts, as in Node.
  for (const key in env) {
    const value = env[key];
    if (value === undefined) continue;
    rejectNullBytes(key, `options.env['${key}']`);
    rejectNullBytes(value, `options.env['${key}']`);
    pairs.push(`${key}=${value}`);
  }
  return pairs;
}

// The options of ChildProcess.prototype.spawn() and of the synchronous forms.
function normalizeSpawnArguments(file, givenArgs, givenOptions) {
  validateString(file, 'file');
  rejectNullBytes(file, 'file');
  if (file.length === 0) throw new ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');

  let [args, options] = sortArguments(givenArgs, givenOptions);
  rejectNullBytesInList(args, 'args');
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };

  const cwd = options.cwd == null ? undefined : getPath(options.cwd, 'options.cwd');
  checkOptions(options);

  if (options.shell) {
    if (args.length > 0) warnOfShellArguments();
    const command = [file, ...args].join(' ');
    file = typeof options.shell === 'string' ? options.shell : SHELL;
    args = ['-c', command];
  }
  args.unshift(typeof options.argv0 === 'string' ? options.argv0 : file);

  return {
    __proto__: null,
    ...options,
    args,
    cwd,
    detached: Boolean(options.detached),
    envPairs: toEnvPairs(options.env || process.env),
    file,
    windowsHide: Boolean(options.windowsHide),
    windowsVerbatimArguments: Boolean(options.windowsVerbatimArguments),
  };
}

module.exports = {
  MAX_BUFFER,
  getPath,
  normalizeSpawnArguments,
  rejectNullBytes,
  rejectNullBytesInList,
  sanitizeKillSignal,
  toSignal,
  validateMaxBuffer,
  validateTimeout,
};
