'use strict';
// The callback and synchronous functions that give files names: links, renaming, copying one file, resolving paths. The operations
// behind them are in operations.js and realpath.js.

const operations = require('internal/fs/operations');
const resolve = require('internal/fs/realpath');
const { checkCallback } = require('internal/fs/validate');
const { now, optionsOrNone, request, requestAfter } = require('internal/fs/requests');

function copyFile(src, dest, mode, callback) {
  operations.copyFile(requestAfter(mode, callback), src, dest, optionsOrNone(mode));
}

function copyFileSync(src, dest, mode) {
  operations.copyFile(now, src, dest, mode);
}

function link(existingPath, newPath, callback) {
  callback = checkCallback(callback);
  operations.link(request(callback), existingPath, newPath);
}

function linkSync(existingPath, newPath) {
  operations.link(now, existingPath, newPath);
}

function symlink(target, path, type, callback) {
  checkCallback(callback === undefined ? type : callback);
  operations.symlink(requestAfter(type, callback), target, path, optionsOrNone(type));
}

function symlinkSync(target, path, type) {
  operations.symlink(now, target, path, type);
}

function readlink(path, options, callback) {
  operations.readlink(requestAfter(options, callback), path, options);
}

function readlinkSync(path, options) {
  return operations.readlink(now, path, options);
}

function realpath(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback);
  resolve.realpathWithCallback(path, optionsOrNone(options), callback);
}

realpath.native = function(path, options, callback) {
  operations.realpathNative(requestAfter(options, callback), path, options);
};

function realpathSync(path, options) {
  return resolve.realpathSync(path, options);
}

realpathSync.native = function(path, options) {
  return operations.realpathNative(now, path, options);
};

function rename(oldPath, newPath, callback) {
  callback = checkCallback(callback);
  operations.rename(request(callback), oldPath, newPath);
}

function renameSync(oldPath, newPath) {
  operations.rename(now, oldPath, newPath);
}

function unlink(path, callback) {
  operations.unlink(request(callback), path);
}

function unlinkSync(path) {
  operations.unlink(now, path);
}

module.exports = {
  copyFile,
  copyFileSync,
  link,
  linkSync,
  readlink,
  readlinkSync,
  realpath,
  realpathSync,
  rename,
  renameSync,
  symlink,
  symlinkSync,
  unlink,
  unlinkSync,
};
