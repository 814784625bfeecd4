'use strict';
// From an op's result below zero to Node's error. The shape of such a result is described in ext_os/src/fs/outcome.rs.

const { uvErrorMessage, uvErrorName } = require('internal/errors');

const ENOENT = -2;
const ENOTDIR = -20;

// By the thousands of a result: the call that failed, where the op makes several. Undefined: the one that the op is named for.
const syscalls = [undefined, 'open', 'read', 'write', 'fsync', 'fstat', 'scandir', 'lstat', 'unlink', 'rmdir'];
// Those work on a descriptor, so that no path belongs to their failure.
const pathless = { __proto__: null, read: true, write: true, fsync: true, fstat: true };

// `result` is a number below zero, or [number, path] where another path than the caller's is to blame.
function makeError(result, syscall, path, dest) {
  let number = result;
  if (typeof result !== 'number') {
    [number, path] = result;
    dest = undefined;
  }
  const other = syscalls[Math.trunc(-number / 1000)];
  const errno = number % 1000;
  if (other !== undefined) {
    syscall = other;
    if (pathless[other]) path = undefined;
  }
  const code = uvErrorName(errno);
  let message = `${code}: ${uvErrorMessage(errno)}, ${syscall}`;
  if (path !== undefined) {
    path = `${path}`;
    message += ` '${path}'`;
  }
  if (dest !== undefined) {
    dest = `${dest}`;
    message += ` -> '${dest}'`;
  }
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

// What went wrong on another thread has no stack that would tell anybody anything.
function makeErrorWithoutStack(result, syscall, path, dest) {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return makeError(result, syscall, path, dest);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function isFailure(result) {
  return typeof result === 'number' ? result < 0 : Array.isArray(result) && result[0] < 0;
}

// "There is no such file", which some callers expect.
function isMissing(result) {
  return result === ENOENT || result === ENOTDIR;
}

// For synchronous calls: throws for a failure, with a stack that starts at the caller of `from`.
function check(result, syscall, path, dest, from = check) {
  if (!isFailure(result)) return result;
  const error = makeError(result, syscall, path, dest);
  Error.captureStackTrace(error, from);
  throw error;
}

module.exports = { check, isFailure, isMissing, makeError, makeErrorWithoutStack };
