'use strict';
// Directories: mkdir, readdir (also of whole trees), rmdir, rm and temporary ones. Written as operations (see requests.js); reading
// piece by piece is in dir.js.

const path = require('path');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { codes: { ERR_FS_EISDIR, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { parseFileMode, validateBoolean } = require('internal/validators');
const { joinPath, makeDirent } = require('internal/fs/dirent');
const { check, isFailure } = require('internal/fs/errors');
const { wantsBytes } = require('internal/fs/operations');
const { CallbackRequest, now } = require('internal/fs/requests');
const { getOptions, getPath, getRmOptions } = require('internal/fs/validate');
const { S_IFDIR, UV_DIRENT_DIR, UV_DIRENT_LINK, UV_DIRENT_UNKNOWN } = require('internal/fs/constants');

function mkdirOptions(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = parseFileMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = parseFileMode(options.mode, 'options.mode');
  }
  return { mode, recursive };
}

const toFirst = (first) => (typeof first === 'string' ? first : undefined);

function mkdir(how, dir, options) {
  const { mode, recursive } = mkdirOptions(options);
  dir = getPath(dir);
  if (!recursive) return how.done(ops.op_fs_mkdir(how.begin('mkdir', dir), dir, mode));
  how.map = toFirst;
  return how.end(ops.op_fs_mkdir_all(how.begin('mkdir', dir), dir, mode));
}

function rmdir(how, dir, options) {
  dir = getPath(dir);
  if (options?.recursive !== undefined) {
    throw new ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
  }
  return how.done(ops.op_fs_rmdir(how.begin('rmdir', dir), dir));
}

// ---------------------------------------------------------------------------
// readdir

function decodeNames(names, encoding) {
  return names.map((bytes) => {
    const name = new FastBuffer(bytes);
    return encoding === 'buffer' ? name : name.toString(encoding);
  });
}

function readdirOptions(dir, options) {
  options = getOptions(options);
  dir = getPath(dir);
  if (options.recursive !== undefined && options.recursive !== null) validateBoolean(options.recursive, 'options.recursive');
  return {
    dir,
    encoding: options.encoding,
    asBytes: wantsBytes(options.encoding),
    withFileTypes: Boolean(options.withFileTypes),
    recursive: Boolean(options.recursive),
  };
}

// The final result of one directory, from what the op gives.
function mapEntries({ dir, encoding, asBytes, withFileTypes }) {
  if (!withFileTypes) return asBytes ? (names) => decodeNames(names, encoding) : undefined;
  return ([names, kinds]) => {
    if (asBytes) names = decodeNames(names, encoding);
    return names.map((name, i) => makeDirent(dir, name, kinds[i]));
  };
}

function readdirFlat(how, options) {
  how.map = mapEntries(options);
  const { dir, withFileTypes, asBytes } = options;
  return how.end(ops.op_fs_readdir(how.begin('scandir', dir), dir, withFileTypes, asBytes));
}

// Bare names, for our own use.
function readNames(how, dir) {
  return how.end(ops.op_fs_readdir(how.begin('scandir', dir), dir, false, false));
}

// The names with their kinds, as the op gives them.
function readKinds(how, dir) {
  return how.end(ops.op_fs_readdir(how.begin('scandir', dir), dir, true, false));
}

// A tree is read level by level, behind links too. Names are relative to its root; those of Dirents are bare, with the folder in
// `parentPath`.
class TreeReader {
  constructor(options) {
    this.options = options;
    this.found = [];
    this.queue = [options.dir];
    this.at = 0;
  }

  // The next directory to read, or undefined.
  next() {
    return this.queue[this.at++];
  }

  add(dir, [names, kinds]) {
    const { dir: root, encoding, asBytes, withFileTypes } = this.options;
    if (asBytes) names = decodeNames(names, encoding);
    for (let i = 0; i < names.length; i++) {
      const full = joinPath(dir, names[i]);
      if (withFileTypes) this.found.push(makeDirent(dir, names[i], kinds[i]));
      else this.found.push(typeof full === 'string' ? path.relative(root, full) : relativeBytes(root, full));
      const isDirectory = kinds[i] === UV_DIRENT_DIR ||
        ((kinds[i] === UV_DIRENT_LINK || kinds[i] === UV_DIRENT_UNKNOWN) && ops.op_fs_file_type(full, true) === S_IFDIR);
      if (isDirectory) this.queue.push(full);
    }
  }
}

function relativeBytes(root, full) {
  return full.subarray(Buffer.byteLength(root) + 1);
}

function readdirTreeSync(options) {
  const reader = new TreeReader(options);
  for (let dir = reader.next(); dir !== undefined; dir = reader.next()) {
    const result = ops.op_fs_readdir(now.begin('scandir', dir), dir, true, options.asBytes);
    reader.add(dir, now.end(result));
  }
  return reader.found;
}

function readdirTree(options, callback) {
  const reader = new TreeReader(options);
  const step = () => {
    const dir = reader.next();
    if (dir === undefined) {
      callback(null, reader.found);
      return;
    }
    const how = new CallbackRequest((err, entries) => {
      if (err) return callback(err);
      reader.add(dir, entries);
      step();
    });
    how.end(ops.op_fs_readdir(how.begin('scandir', dir), dir, true, options.asBytes));
  };
  step();
}

function readdirWithCallback(dir, options, callback) {
  options = readdirOptions(dir, options);
  if (options.recursive) readdirTree(options, callback);
  else readdirFlat(new CallbackRequest(callback), options);
}

function readdirSync(dir, options) {
  options = readdirOptions(dir, options);
  return options.recursive ? readdirTreeSync(options) : readdirFlat(now, options);
}

// ---------------------------------------------------------------------------
// rm

const ENOENT = -2;
const EISDIR = -21;
// Somebody has the file for a moment; it may go on the next try.
const retried = new Set([-16 /* EBUSY */, -24 /* EMFILE */, -23 /* ENFILE */, -39 /* ENOTEMPTY */, -1 /* EPERM */]);

function isDirectoryError(dir) {
  return new ERR_FS_EISDIR({
    code: 'EISDIR', message: 'is a directory', path: `${dir}`, syscall: 'rm', errno: -EISDIR,
  });
}

// False when there is nothing to remove and that is allowed. Throws for what may not be removed.
function checkTarget(target, { recursive, force }) {
  const type = ops.op_fs_file_type(target, false);
  if (type === ENOENT && force) return false;
  check(type, 'lstat', target, undefined, checkTarget);
  if (type === S_IFDIR && !recursive) throw isDirectoryError(target);
  return true;
}

const canRetry = (errno) => retried.has(errno);

function rmSync(target, options) {
  target = getPath(target);
  options = getRmOptions(options);
  if (!checkTarget(target, options)) return;
  let result = ops.op_fs_remove_all(0, target);
  for (let tries = 1; tries <= options.maxRetries && isFailure(result) && canRetry(result[0] % 1000); tries++) {
    // Nothing else runs meanwhile: that is what a synchronous call is for.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tries * options.retryDelay);
    result = ops.op_fs_remove_all(0, target);
  }
  check(result, 'rm', target, undefined, rmSync);
}

function rmWithCallback(target, options, callback) {
  target = getPath(target);
  options = getRmOptions(options);
  try {
    if (!checkTarget(target, options)) return process.nextTick(callback, null);
  } catch (err) {
    return process.nextTick(callback, err);
  }
  let tries = 0;
  const attempt = () => {
    const how = new CallbackRequest((err) => {
      if (err && ++tries <= options.maxRetries && canRetry(err.errno)) setTimeout(attempt, tries * options.retryDelay);
      else callback(err);
    });
    how.done(ops.op_fs_remove_all(how.begin('rm', target), target));
  };
  attempt();
}

module.exports = {
  mkdir,
  readKinds,
  readNames,
  readdirSync,
  readdirWithCallback,
  rmSync,
  rmWithCallback,
  rmdir,
};
