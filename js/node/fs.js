'use strict';
// fs: the callback and synchronous functions, put together from internal/fs. Operations are written once there; here they get
// their names, the order of their parameters, and their callbacks.

const { resolve: resolvePath } = require('path');
const { validateFunction, validateInteger, validateObject, validateString } = require('internal/validators');
const { createBlobFromFilePath } = require('internal/blob');
const { customPromisifyArgs } = require('internal/util/promisify');
const { deprecate } = require('internal/util/deprecate');
const attributes = require('internal/fs/attributes');
const constants = require('internal/fs/constants');
const { runLater, runNow } = require('internal/fs/coroutine');
const { cp: copyTree } = require('internal/fs/cp');
const { Dir, opendir } = require('internal/fs/dir');
const { Dirent } = require('internal/fs/dirent');
const directories = require('internal/fs/directories');
const { glob, globSync } = require('internal/fs/glob');
const io = require('internal/fs/io');
const operations = require('internal/fs/operations');
const promises = require('internal/fs/promises');
const { makeReadStream } = require('internal/fs/read_stream');
const { CallbackRequest, now, optionsOrNone, request, requestAfter } = require('internal/fs/requests');
const names = require('internal/fs/names');
const { Stats } = require('internal/fs/stats');
const { checkCallback, getPath } = require('internal/fs/validate');
const { unwatchFile, watchFile } = require('internal/fs/stat_watcher');
const { watch } = require('internal/fs/watchers');
const { makeWholeFileFunctions } = require('internal/fs/whole_file');
const { makeWriteStream } = require('internal/fs/write_stream');

const fs = module.exports;

// ---------------------------------------------------------------------------
// Access and existence

function access(path, mode, callback) {
  operations.access(requestAfter(mode, callback), path, optionsOrNone(mode));
}

function accessSync(path, mode) {
  operations.access(now, path, mode);
}

// The only callback without an error: whatever is wrong with the path, it does not exist.
function exists(path, callback) {
  validateFunction(callback, 'cb');
  try {
    operations.access(new CallbackRequest((err) => callback(!err)), path);
  } catch {
    callback(false);
  }
}

Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: function exists(path) {
    return new Promise((resolve) => fs.exists(path, resolve));
  },
});

let warnsOfExistsSync = true;

function existsSync(path) {
  if (typeof path === 'string' && !path.includes('\u0000')) return ops.op_fs_exists(path);
  try {
    path = getPath(path);
  } catch (err) {
    if (err?.code === 'ERR_INVALID_ARG_TYPE' && warnsOfExistsSync) {
      warnsOfExistsSync = false;
      process.emitWarning('Passing invalid argument types to fs.existsSync is deprecated', 'DeprecationWarning', 'DEP0187');
    }
    return false;
  }
  return ops.op_fs_exists(path);
}

// ---------------------------------------------------------------------------
// Opening and closing

function open(path, flags, mode, callback) {
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  }
  // The path is the first thing that Node finds fault with.
  path = getPath(path);
  operations.open(request(callback), path, flags, mode);
}

function openSync(path, flags, mode) {
  return operations.open(now, path, flags, mode);
}

function throwLater(err) {
  if (err != null) throw err;
}

function close(fd, callback = throwLater) {
  operations.close(callback === throwLater ? new CallbackRequest(throwLater) : request(callback), fd);
}

function closeSync(fd) {
  operations.close(now, fd);
}

// ---------------------------------------------------------------------------
// Size and flushing

function ftruncate(fd, length = 0, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  }
  validateInteger(length, 'len');
  operations.ftruncate(request(callback), fd, length);
}

function ftruncateSync(fd, length = 0) {
  operations.ftruncate(now, fd, length);
}

const warnOfTruncatedFd = deprecate(() => {},
  'Using fs.truncate with a file descriptor is deprecated. Please use fs.ftruncate with a file descriptor instead.', 'DEP0081');

function truncate(path, length, callback) {
  if (typeof path === 'number') {
    warnOfTruncatedFd();
    fs.ftruncate(path, length, callback);
    return;
  }
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  } else if (length === undefined) {
    length = 0;
  }
  validateInteger(length, 'len');
  checkCallback(callback);
  fs.open(path, 'r+', (openError, fd) => {
    if (openError) return callback(openError);
    operations.ftruncate(new CallbackRequest((err) => {
      fs.close(fd, (closeError) => callback(err ?? closeError));
    }), fd, length);
  });
}

function truncateSync(path, length) {
  if (typeof path === 'number') {
    warnOfTruncatedFd();
    fs.ftruncateSync(path, length);
    return;
  }
  const fd = fs.openSync(path, 'r+');
  try {
    operations.ftruncate(now, fd, length);
  } finally {
    fs.closeSync(fd);
  }
}

function fsync(fd, callback) {
  operations.fsync(request(callback), fd);
}

function fsyncSync(fd) {
  operations.fsync(now, fd);
}

function fdatasync(fd, callback) {
  operations.fdatasync(request(callback), fd);
}

function fdatasyncSync(fd) {
  operations.fdatasync(now, fd);
}

async function openAsBlob(path, options = { __proto__: null }) {
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  return await createBlobFromFilePath(getPath(path), { type });
}

// ---------------------------------------------------------------------------
// Copying trees

// Hands a promise's outcome to a callback, whose own exceptions are nobody's rejection.
function callBack(promise, callback) {
  promise.then((value) => process.nextTick(callback, null, value), (err) => process.nextTick(callback, err));
}

function cp(src, dest, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  const work = copyTree(src, dest, optionsOrNone(options));
  callBack(runLater(work), callback);
}

function cpSync(src, dest, options) {
  runNow(copyTree(src, dest, options));
}

// ---------------------------------------------------------------------------
// Directories

function mkdir(path, options, callback) {
  directories.mkdir(requestAfter(options, callback), path, optionsOrNone(options));
}

function mkdirSync(path, options) {
  return directories.mkdir(now, path, options);
}

function mkdtemp(prefix, options, callback) {
  operations.mkdtemp(requestAfter(options, callback), prefix, optionsOrNone(options));
}

function mkdtempSync(prefix, options) {
  return operations.mkdtemp(now, prefix, options);
}

function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  // The directory stays the same wherever the process goes.
  const full = typeof path === 'string' ? resolvePath(path) : path;
  const remove = () => directories.rmSync(full, { force: true, recursive: true });
  return {
    path,
    remove,
    [Symbol.dispose]() {
      remove();
    },
  };
}

function readdir(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  directories.readdirWithCallback(path, optionsOrNone(options), callback);
}

function readdirSync(path, options) {
  return directories.readdirSync(path, options);
}

function opendirWithCallback(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  validateFunction(callback, 'callback');
  opendir(new CallbackRequest(callback), path, optionsOrNone(options));
}
Object.defineProperty(opendirWithCallback, 'name', { __proto__: null, value: 'opendir', configurable: true });

function opendirSync(path, options) {
  return opendir(now, path, options);
}

function rmdir(path, options, callback) {
  directories.rmdir(requestAfter(options, callback), path, optionsOrNone(options));
}

function rmdirSync(path, options) {
  directories.rmdir(now, path, options);
}

function rm(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  directories.rmWithCallback(path, optionsOrNone(options), callback);
}

function rmSync(path, options) {
  directories.rmSync(path, options);
}

// ---------------------------------------------------------------------------

for (const [fn, ...results] of [
  [io.read, 'bytesRead', 'buffer'],
  [io.readv, 'bytesRead', 'buffers'],
  [io.write, 'bytesWritten', 'buffer'],
  [io.writev, 'bytesWritten', 'buffers'],
]) {
  Object.defineProperty(fn, customPromisifyArgs, { __proto__: null, value: results, enumerable: false });
}

Object.assign(fs, {
  ...makeWholeFileFunctions(fs),
  ...attributes,
  ...names,
  access,
  accessSync,
  close,
  closeSync,
  cp,
  cpSync,
  exists,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fsync,
  fsyncSync,
  ftruncate,
  ftruncateSync,
  glob,
  globSync,
  mkdir,
  mkdirSync,
  mkdtemp,
  mkdtempDisposableSync,
  mkdtempSync,
  open,
  openAsBlob,
  openSync,
  opendir: opendirWithCallback,
  opendirSync,
  read: io.read,
  readSync: io.readSync,
  readdir,
  readdirSync,
  readv: io.readv,
  readvSync: io.readvSync,
  rm,
  rmSync,
  rmdir,
  rmdirSync,
  truncate,
  truncateSync,
  unwatchFile,
  watch,
  watchFile,
  write: io.write,
  writeSync: io.writeSync,
  writev: io.writev,
  writevSync: io.writevSync,
  lchmod: undefined,
  lchmodSync: undefined,
  Dir,
  Dirent,
  Stats,
  _toUnixTimestamp: operations.toUnixTimestamp,
});

fs.ReadStream = makeReadStream(fs);
fs.WriteStream = makeWriteStream(fs);
// Their old names.
fs.FileReadStream = fs.ReadStream;
fs.FileWriteStream = fs.WriteStream;

fs.createReadStream = function createReadStream(path, options) {
  return new fs.ReadStream(path, options);
};

fs.createWriteStream = function createWriteStream(path, options) {
  return new fs.WriteStream(path, options);
};

// Gone from the list of names, but programs still use them.
for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) {
  Object.defineProperty(fs, name, { __proto__: null, value: constants[name], enumerable: false, writable: false, configurable: true });
}

Object.defineProperties(fs, {
  promises: { __proto__: null, enumerable: true, configurable: true, get: () => promises },
  constants: { __proto__: null, enumerable: true, configurable: false, writable: false, value: constants },
});
