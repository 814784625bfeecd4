'use strict';
// Operations of one system call on paths and descriptors, written once for all three ways of calling them: the first parameter is
// how (internal/fs/requests.js). Reading and writing are in io.js, whole files in whole_file.js, directories in directories.js.

const { parseFileMode, validateInteger } = require('internal/validators');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { isMissing } = require('internal/fs/errors');
const { statArray } = require('internal/fs/requests');
const { statFsFrom, statsFrom } = require('internal/fs/stats');
const {
  checkSymlinkType, getAccessMode, getCopyMode, getFd, getFlags, getOptions, getPath, getTime, getUserId,
} = require('internal/fs/validate');

// Options of the stat ops.
const FOLLOW = 1;
const BIGINT = 2;

function access(how, path, mode) {
  path = getPath(path);
  mode = getAccessMode(mode);
  return how.done(ops.op_fs_access(how.begin('access', path), path, mode));
}

function open(how, path, flags, mode) {
  path = getPath(path);
  flags = getFlags(flags);
  mode = parseFileMode(mode, 'mode', 0o666);
  return how.end(ops.op_fs_open(how.begin('open', path), path, flags, mode));
}

function close(how, fd) {
  fd = getFd(fd);
  return how.done(ops.op_fs_close(how.begin('close'), fd));
}

function chmod(how, path, mode) {
  path = getPath(path);
  mode = parseFileMode(mode, 'mode');
  return how.done(ops.op_fs_chmod(how.begin('chmod', path), path, mode));
}

function fchmod(how, fd, mode) {
  fd = getFd(fd);
  mode = parseFileMode(mode, 'mode');
  return how.done(ops.op_fs_fchmod(how.begin('fchmod'), fd, mode));
}

function chown(how, path, uid, gid) {
  path = getPath(path);
  uid = getUserId(uid, 'uid');
  gid = getUserId(gid, 'gid');
  return how.done(ops.op_fs_chown(how.begin('chown', path), path, uid, gid, true));
}

function lchown(how, path, uid, gid) {
  path = getPath(path);
  uid = getUserId(uid, 'uid');
  gid = getUserId(gid, 'gid');
  return how.done(ops.op_fs_chown(how.begin('lchown', path), path, uid, gid, false));
}

function fchown(how, fd, uid, gid) {
  fd = getFd(fd);
  uid = getUserId(uid, 'uid');
  gid = getUserId(gid, 'gid');
  return how.done(ops.op_fs_fchown(how.begin('fchown'), fd, uid, gid));
}

function copyFile(how, src, dest, mode) {
  src = getPath(src, 'src');
  dest = getPath(dest, 'dest');
  mode = getCopyMode(mode);
  return how.done(ops.op_fs_copy_file(how.begin('copyfile', src, dest), src, dest, mode));
}

function fsync(how, fd) {
  fd = getFd(fd);
  return how.done(ops.op_fs_sync(how.begin('fsync'), fd, false));
}

function fdatasync(how, fd) {
  fd = getFd(fd);
  return how.done(ops.op_fs_sync(how.begin('fdatasync'), fd, true));
}

function ftruncate(how, fd, length = 0) {
  fd = getFd(fd);
  validateInteger(length, 'len');
  return how.done(ops.op_fs_ftruncate(how.begin('ftruncate'), fd, Math.max(0, length)));
}

function utimes(how, path, atime, mtime) {
  path = getPath(path);
  atime = getTime(atime);
  mtime = getTime(mtime);
  return how.done(ops.op_fs_utimes(how.begin('utime', path), path, atime, mtime, true));
}

function lutimes(how, path, atime, mtime) {
  path = getPath(path);
  atime = getTime(atime);
  mtime = getTime(mtime);
  return how.done(ops.op_fs_utimes(how.begin('lutime', path), path, atime, mtime, false));
}

function futimes(how, fd, atime, mtime) {
  fd = getFd(fd);
  atime = getTime(atime, 'atime');
  mtime = getTime(mtime, 'mtime');
  return how.done(ops.op_fs_futimes(how.begin('futime'), fd, atime, mtime));
}

function link(how, existingPath, newPath) {
  existingPath = getPath(existingPath, 'existingPath');
  newPath = getPath(newPath, 'newPath');
  return how.done(ops.op_fs_link(how.begin('link', existingPath, newPath), existingPath, newPath));
}

function symlink(how, target, path, type) {
  checkSymlinkType(type);
  target = getPath(target, 'target');
  path = getPath(path);
  return how.done(ops.op_fs_symlink(how.begin('symlink', target, path), target, path));
}

function rename(how, oldPath, newPath) {
  oldPath = getPath(oldPath, 'oldPath');
  newPath = getPath(newPath, 'newPath');
  return how.done(ops.op_fs_rename(how.begin('rename', oldPath, newPath), oldPath, newPath));
}

function unlink(how, path) {
  path = getPath(path);
  return how.done(ops.op_fs_unlink(how.begin('unlink', path), path));
}

// ---------------------------------------------------------------------------
// Paths as results: a string, or bytes for a Buffer or another encoding.

const wantsBytes = (encoding) => encoding !== undefined && encoding !== null && encoding !== '' && encoding !== 'utf8' &&
  encoding !== 'utf-8';

function decodePath(bytes, encoding) {
  const buffer = new FastBuffer(bytes);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

function setPathMap(how, encoding) {
  const asBytes = wantsBytes(encoding);
  if (asBytes) {
    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
    const toPath = (bytes) => decodePath(bytes, encoding);
    how.map = toPath;
  }
  return asBytes;
}

function readlink(how, path, options) {
  const { encoding } = getOptions(options);
  path = getPath(path);
  const asBytes = setPathMap(how, encoding);
  return how.end(ops.op_fs_readlink(how.begin('readlink', path), path, asBytes));
}

function realpathNative(how, path, options) {
  const { encoding } = getOptions(options);
  path = getPath(path);
  const asBytes = setPathMap(how, encoding);
  return how.end(ops.op_fs_realpath(how.begin('realpath', path), path, asBytes));
}

function mkdtemp(how, prefix, options) {
  const { encoding } = getOptions(options);
  prefix = getPath(prefix, 'prefix');
  const asBytes = setPathMap(how, encoding);
  const shown = typeof prefix === 'string' ? `${prefix}XXXXXX` : Buffer.concat([prefix, Buffer.from('XXXXXX')]);
  return how.end(ops.op_fs_mkdtemp(how.begin('mkdtemp', shown), prefix, asBytes));
}

// ---------------------------------------------------------------------------
// stat

function bigintOf(options) {
  return options != null && options.bigint === true;
}

const kMapNumbers = () => statsFrom(statArray(false));
const kMapBigints = () => statsFrom(statArray(true));

function statPath(how, syscall, path, options, follow) {
  const bigint = bigintOf(options);
  path = getPath(path);
  how.map = bigint ? kMapBigints : kMapNumbers;
  if (options?.throwIfNoEntry === false) how.missingIsNothing = true;
  return how.end(ops.op_fs_stat(how.begin(syscall, path), path, follow | (bigint ? BIGINT : 0), statArray(bigint)));
}

const stat = (how, path, options) => statPath(how, 'stat', path, options, FOLLOW);
const lstat = (how, path, options) => statPath(how, 'lstat', path, options, 0);

function fstat(how, fd, options) {
  fd = getFd(fd);
  const bigint = bigintOf(options);
  how.map = bigint ? kMapBigints : kMapNumbers;
  return how.end(ops.op_fs_fstat(how.begin('fstat'), fd, bigint ? BIGINT : 0, statArray(bigint)));
}

function statSync(how, syscall, path, options, follow) {
  const bigint = bigintOf(options);
  path = getPath(path);
  const array = statArray(bigint);
  const result = ops.op_fs_stat(0, path, follow | (bigint ? BIGINT : 0), array);
  if (result === 0) return statsFrom(array);
  if (options != null && options.throwIfNoEntry === false && isMissing(result)) return undefined;
  how.begin(syscall, path);
  return how.end(result);
}

const kMapStatFs = (bigint) => () => statFsFrom(statArray(bigint));

function statfs(how, path, options) {
  const bigint = bigintOf(options);
  path = getPath(path);
  how.map = kMapStatFs(bigint);
  return how.end(ops.op_fs_statfs(how.begin('statfs', path), path, bigint ? BIGINT : 0, statArray(bigint)));
}

// What fs._toUnixTimestamp has always been.
function toUnixTimestamp(time, name) {
  return getTime(time, name);
}

module.exports = {
  FOLLOW,
  access,
  chmod,
  chown,
  close,
  copyFile,
  decodePath,
  fchmod,
  fchown,
  fdatasync,
  fstat,
  fsync,
  ftruncate,
  futimes,
  lchown,
  link,
  lstat,
  lutimes,
  mkdtemp,
  open,
  readlink,
  realpathNative,
  rename,
  stat,
  statSync,
  statfs,
  symlink,
  toUnixTimestamp,
  unlink,
  utimes,
  wantsBytes,
};
