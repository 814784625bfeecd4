'use strict';
// The callback and synchronous functions that look at and change what a file is: mode, owner, times, stat. The operations behind
// them are in operations.js.

const operations = require('internal/fs/operations');
const { checkCallback } = require('internal/fs/validate');
const { now, optionsOrNone, request, requestAfter } = require('internal/fs/requests');

function chmod(path, mode, callback) {
  operations.chmod(request(callback), path, mode);
}

function chmodSync(path, mode) {
  operations.chmod(now, path, mode);
}

function fchmod(fd, mode, callback) {
  operations.fchmod(request(callback), fd, mode);
}

function fchmodSync(fd, mode) {
  operations.fchmod(now, fd, mode);
}

function chown(path, uid, gid, callback) {
  checkCallback(callback);
  operations.chown(request(callback), path, uid, gid);
}

function chownSync(path, uid, gid) {
  operations.chown(now, path, uid, gid);
}

function fchown(fd, uid, gid, callback) {
  operations.fchown(request(callback), fd, uid, gid);
}

function fchownSync(fd, uid, gid) {
  operations.fchown(now, fd, uid, gid);
}

function lchown(path, uid, gid, callback) {
  checkCallback(callback);
  operations.lchown(request(callback), path, uid, gid);
}

function lchownSync(path, uid, gid) {
  operations.lchown(now, path, uid, gid);
}

function utimes(path, atime, mtime, callback) {
  checkCallback(callback);
  operations.utimes(request(callback), path, atime, mtime);
}

function utimesSync(path, atime, mtime) {
  operations.utimes(now, path, atime, mtime);
}

function lutimes(path, atime, mtime, callback) {
  checkCallback(callback);
  operations.lutimes(request(callback), path, atime, mtime);
}

function lutimesSync(path, atime, mtime) {
  operations.lutimes(now, path, atime, mtime);
}

function futimes(fd, atime, mtime, callback) {
  operations.futimes(request(callback), fd, atime, mtime);
}

function futimesSync(fd, atime, mtime) {
  operations.futimes(now, fd, atime, mtime);
}

// ---------------------------------------------------------------------------
// stat

function stat(path, options, callback) {
  operations.stat(requestAfter(options, callback), path, optionsOrNone(options));
}

function statSync(path, options) {
  return operations.statSync(now, 'stat', path, options, operations.FOLLOW);
}

function lstat(path, options, callback) {
  operations.lstat(requestAfter(options, callback), path, optionsOrNone(options));
}

function lstatSync(path, options) {
  return operations.statSync(now, 'lstat', path, options, 0);
}

function fstat(fd, options, callback) {
  operations.fstat(requestAfter(options, callback), fd, optionsOrNone(options));
}

function fstatSync(fd, options) {
  return operations.fstat(now, fd, options);
}

function statfs(path, options, callback) {
  operations.statfs(requestAfter(options, callback), path, optionsOrNone(options));
}

function statfsSync(path, options) {
  return operations.statfs(now, path, options);
}

module.exports = {
  chmod,
  chmodSync,
  chown,
  chownSync,
  fchmod,
  fchmodSync,
  fchown,
  fchownSync,
  fstat,
  fstatSync,
  futimes,
  futimesSync,
  lchown,
  lchownSync,
  lstat,
  lstatSync,
  lutimes,
  lutimesSync,
  stat,
  statSync,
  statfs,
  statfsSync,
  utimes,
  utimesSync,
};
