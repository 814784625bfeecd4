'use strict';
// fs.realpath and realpathSync: the path without links, as the C library finds it. When it finds none, the component that is to
// blame is looked for, since these two name it in their error (realpath.native and the promise do not).

const path = require('path');
const { Buffer } = require('buffer');
const { check, isFailure, makeErrorWithoutStack } = require('internal/fs/errors');
const { decodePath, wantsBytes } = require('internal/fs/operations');
const { CallbackRequest } = require('internal/fs/requests');
const { checkPath, getOptions, toPathIfFileURL } = require('internal/fs/validate');
const { S_IFIFO, S_IFSOCK } = require('internal/fs/constants');

// [errno, syscall, path] of the first component that cannot be followed.
function findBlame(target, errno) {
  const full = path.resolve(`${target}`);
  for (let end = full.indexOf('/', 1); ; end = full.indexOf('/', end + 1)) {
    const part = end === -1 ? full : full.slice(0, end);
    const found = ops.op_fs_file_type(part, false);
    if (found < 0) return [found, 'lstat', part];
    const followed = ops.op_fs_file_type(part, true);
    if (followed < 0) return [followed, 'stat', part];
    if (end === -1) return [errno, 'lstat', full];
  }
}

// A pipe or socket that a link of /proc leads to has a name that no path leads to. It is what the link says, as far as it can be told.
function nameOfNameless(target) {
  const type = ops.op_fs_file_type(target, true);
  if (type !== S_IFIFO && type !== S_IFSOCK) return undefined;
  let name = path.resolve(`${target}`);
  for (let text = ops.op_fs_readlink(0, name, false); typeof text === 'string'; text = ops.op_fs_readlink(0, name, false)) {
    const parent = ops.op_fs_realpath(0, path.dirname(name), false);
    if (typeof parent !== 'string') return undefined;
    name = path.resolve(parent, text);
  }
  return name;
}

// Resolved now: the working directory may be another when the work is done. Whatever can be made a string is taken for one.
function absolute(target) {
  target = toPathIfFileURL(target);
  if (typeof target !== 'string' && !(target instanceof Uint8Array)) target = `${target}`;
  checkPath(target, 'path');
  return typeof target === 'string' ? path.resolve(target) : target;
}

function encodeName(name, encoding) {
  return wantsBytes(encoding) ? decodePath(Buffer.from(name), encoding) : name;
}

function realpathSync(target, options) {
  const { encoding } = getOptions(options);
  target = absolute(target);
  const asBytes = wantsBytes(encoding);
  const result = ops.op_fs_realpath(0, target, asBytes);
  if (isFailure(result)) {
    const name = nameOfNameless(target);
    if (name !== undefined) return encodeName(name, encoding);
    const [errno, syscall, blamed] = findBlame(target, result);
    check(errno, syscall, blamed, undefined, realpathSync);
  }
  return asBytes ? decodePath(result, encoding) : result;
}

function realpathWithCallback(target, options, callback) {
  const { encoding } = getOptions(options);
  target = absolute(target);
  const asBytes = wantsBytes(encoding);
  const how = new CallbackRequest((err, resolved) => {
    if (err) {
      const name = nameOfNameless(target);
      if (name !== undefined) return callback(null, encodeName(name, encoding));
      const [errno, syscall, blamed] = findBlame(target, err.errno);
      callback(makeErrorWithoutStack(errno, syscall, blamed));
    } else {
      callback(null, asBytes ? decodePath(resolved, encoding) : resolved);
    }
  });
  how.end(ops.op_fs_realpath(how.begin('lstat', target), target, asBytes));
}

module.exports = { realpathSync, realpathWithCallback };
