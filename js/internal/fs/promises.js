'use strict';
// fs/promises: each function is the operation with a promise for its "how" (see requests.js).

const { resolve: resolvePath } = require('path');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const constants = require('internal/fs/constants');
const { runLater } = require('internal/fs/coroutine');
const { cp: copyTree } = require('internal/fs/cp');
const { opendir } = require('internal/fs/dir');
const directories = require('internal/fs/directories');
const { FileHandle, checkSignal, closeAfter, isIterable, readFile: readHandle, use, writeFile: writeHandle } = require('internal/fs/file_handle');
const { globLater } = require('internal/fs/glob');
const operations = require('internal/fs/operations');
const { PromiseRequest } = require('internal/fs/requests');
const { getOptions } = require('internal/fs/validate');
const { watchEvents } = require('internal/fs/watchers');
const wholeFile = require('internal/fs/whole_file');

// Operations whose parameters are the function's own. `length` is how many of them must be given.
function fromOperation(name, operation, length) {
  const fn = {
    async [name](...args) {
      return await operation(new PromiseRequest(), ...args);
    },
  }[name];
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  return fn;
}

const toFileHandle = (fd) => new FileHandle(fd);

async function open(path, flags, mode) {
  const how = new PromiseRequest();
  how.map = toFileHandle;
  return await operations.open(how, path, flags, mode);
}

async function lchmod() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

async function truncate(path, length = 0) {
  const handle = await open(path, 'r+');
  return closeAfter(handle.truncate(length), handle);
}

async function mkdtempDisposable(prefix, options) {
  const path = await operations.mkdtemp(new PromiseRequest(), prefix, options);
  const full = typeof path === 'string' ? resolvePath(path) : path;
  const remove = async () => {
    await rm(full, { force: true, recursive: true });
  };
  return {
    __proto__: null,
    path,
    remove,
    async [Symbol.asyncDispose]() {
      await remove();
    },
  };
}

function settle(start) {
  return new Promise((resolve, reject) => start((err, value) => (err ? reject(err) : resolve(value))));
}

async function readdir(path, options) {
  return await settle((callback) => directories.readdirWithCallback(path, options, callback));
}

async function rm(path, options) {
  await settle((callback) => directories.rmWithCallback(path, options, callback));
}

async function readFile(path, options) {
  options = getOptions(options, wholeFile.readDefaults);
  if (path instanceof FileHandle) return await use(readHandle, path, options);
  checkSignal(options.signal);
  return await wholeFile.readFile(new PromiseRequest(), path, options);
}

async function writeFile(path, data, options) {
  options = getOptions(options, wholeFile.writeDefaults);
  const flush = wholeFile.checkFlush(options.flush);
  const iterable = isIterable(data);
  if (!iterable) wholeFile.checkData(data);
  if (path instanceof FileHandle) return await use(writeHandle, path, data, options);
  checkSignal(options.signal);
  if (!iterable) return await wholeFile.writeFile(new PromiseRequest(), path, data, options, flush);
  const handle = await open(path, options.flag || 'w', options.mode);
  const work = use(writeHandle, handle, data, options).then(() => (flush ? handle.sync() : undefined));
  return await closeAfter(work, handle);
}

async function cp(src, dest, options) {
  return await runLater(copyTree(src, dest, options));
}

async function appendFile(path, data, options) {
  return await writeFile(path, data, wholeFile.appendOptions(path, options));
}

const promises = {
  access: fromOperation('access', operations.access, 2),
  cp,
  copyFile: fromOperation('copyFile', operations.copyFile, 3),
  open,
  opendir: fromOperation('opendir', opendir, 2),
  rename: fromOperation('rename', operations.rename, 2),
  truncate,
  rm,
  rmdir: fromOperation('rmdir', directories.rmdir, 2),
  mkdir: fromOperation('mkdir', directories.mkdir, 2),
  readdir,
  readlink: fromOperation('readlink', operations.readlink, 2),
  symlink: fromOperation('symlink', operations.symlink, 3),
  lstat: fromOperation('lstat', operations.lstat, 2),
  stat: fromOperation('stat', operations.stat, 2),
  statfs: fromOperation('statfs', operations.statfs, 2),
  link: fromOperation('link', operations.link, 2),
  unlink: fromOperation('unlink', operations.unlink, 1),
  chmod: fromOperation('chmod', operations.chmod, 2),
  lchmod,
  lchown: fromOperation('lchown', operations.lchown, 3),
  chown: fromOperation('chown', operations.chown, 3),
  utimes: fromOperation('utimes', operations.utimes, 3),
  lutimes: fromOperation('lutimes', operations.lutimes, 3),
  realpath: fromOperation('realpath', operations.realpathNative, 2),
  mkdtemp: fromOperation('mkdtemp', operations.mkdtemp, 2),
  mkdtempDisposable,
  writeFile,
  appendFile,
  readFile,
  glob(pattern, options) {
    return globLater(pattern, options);
  },
  watch(filename, options) {
    return watchEvents(filename, options);
  },
  constants,
};

module.exports = promises;
