'use strict';
// fs.cp: copies files, links and whole directories. One generator (see coroutine.js) serves cp, cpSync and the promise.

const path = require('path');
const {
  codes: {
    ERR_FS_CP_DIR_TO_NON_DIR, ERR_FS_CP_EEXIST, ERR_FS_CP_EINVAL, ERR_FS_CP_FIFO_PIPE, ERR_FS_CP_NON_DIR_TO_DIR, ERR_FS_CP_SOCKET,
    ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY, ERR_FS_CP_UNKNOWN, ERR_FS_EISDIR, ERR_INCOMPATIBLE_OPTION_PAIR,
  },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateObject } = require('internal/validators');
const { errno: { EEXIST, EINVAL, EISDIR, ENOTDIR } } = require('internal/os/constants');
const { Ask } = require('internal/fs/coroutine');
const { mkdir, readNames } = require('internal/fs/directories');
const operations = require('internal/fs/operations');
const { getCopyMode, getPath } = require('internal/fs/validate');

const kWritable = 0o200;
const BIGINT = { bigint: true };

const defaults = {
  dereference: false,
  errorOnExist: false,
  filter: undefined,
  force: true,
  preserveTimestamps: false,
  recursive: false,
  verbatimSymlinks: false,
};

function cpOptions(options) {
  if (options === undefined) return { ...defaults, mode: 0 };
  validateObject(options, 'options');
  options = { ...defaults, ...options };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  options.mode = getCopyMode(options.mode);
  if (options.dereference && options.verbatimSymlinks) {
    throw new ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

function fail(Class, message, file, errno, code) {
  throw new Class({ message, path: file, syscall: 'cp', errno, code });
}

const isSame = (a, b) => a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;

// Whether `inner` is `outer` or below it, by name.
function isWithin(outer, inner) {
  const outerParts = path.resolve(outer).split('/').filter(Boolean);
  const innerParts = path.resolve(inner).split('/').filter(Boolean);
  return outerParts.every((part, i) => innerParts[i] === part);
}

function* statOrNothing(file, dereference) {
  try {
    return yield [dereference ? operations.stat : operations.lstat, file, BIGINT];
  } catch (err) {
    if (err.code === 'ENOENT') return null;
    throw err;
  }
}

// [stat of src, stat of dest or null], after everything that rules the copy out.
function* checkPair(src, dest, { dereference }) {
  const from = yield [dereference ? operations.stat : operations.lstat, src, BIGINT];
  const to = yield* statOrNothing(dest, dereference);
  if (to !== null) {
    if (isSame(from, to)) fail(ERR_FS_CP_EINVAL, 'src and dest cannot be the same', dest, EINVAL, 'EINVAL');
    if (from.isDirectory() && !to.isDirectory()) {
      fail(ERR_FS_CP_DIR_TO_NON_DIR, `cannot overwrite non-directory ${dest} with directory ${src}`, dest, EISDIR, 'EISDIR');
    }
    if (!from.isDirectory() && to.isDirectory()) {
      fail(ERR_FS_CP_NON_DIR_TO_DIR, `cannot overwrite directory ${dest} with non-directory ${src}`, dest, ENOTDIR, 'ENOTDIR');
    }
  }
  if (from.isDirectory() && isWithin(src, dest)) failWithin(src, dest);
  return [from, to];
}

function failWithin(src, dest) {
  fail(ERR_FS_CP_EINVAL, `cannot copy ${src} to a subdirectory of self ${dest}`, dest, EINVAL, 'EINVAL');
}

// A link on the way to dest may lead into src although the names do not tell.
function* checkParents(src, from, dest) {
  const srcParent = path.resolve(path.dirname(src));
  for (let parent = path.resolve(path.dirname(dest)); parent !== srcParent && parent !== path.dirname(parent);
    parent = path.dirname(parent)) {
    const stat = yield* statOrNothing(parent, true);
    if (stat === null) continue;
    if (isSame(from, stat)) failWithin(src, dest);
  }
}

function isIncluded(src, dest, { filter }) {
  return new Ask(filter, [src, dest], 'filter');
}

function* copy(src, dest, options) {
  if (options.filter !== undefined && !(yield isIncluded(src, dest, options))) return;
  const [from, to] = yield* checkPair(src, dest, options);
  yield* checkParents(src, from, dest);
  const parent = path.dirname(dest);
  if ((yield* statOrNothing(parent, true)) === null) yield [mkdir, parent, { recursive: true }];
  yield* copyOne(src, dest, from, to, options);
}

function* copyOne(src, dest, from, to, options) {
  if (from.isDirectory()) {
    if (!options.recursive) {
      fail(ERR_FS_EISDIR, `Recursive option not enabled, cannot copy a directory: ${src}`, src, EISDIR, 'EISDIR');
    }
    yield* copyDirectory(src, dest, from, to, options);
  } else if (from.isFile() || from.isCharacterDevice() || from.isBlockDevice()) {
    yield* copyFile(src, dest, from, to, options);
  } else if (from.isSymbolicLink()) {
    yield* copyLink(src, dest, to, options);
  } else if (from.isSocket()) {
    fail(ERR_FS_CP_SOCKET, `cannot copy a socket file: ${dest}`, dest, EINVAL, 'EINVAL');
  } else if (from.isFIFO()) {
    fail(ERR_FS_CP_FIFO_PIPE, `cannot copy a FIFO pipe: ${dest}`, dest, EINVAL, 'EINVAL');
  } else {
    fail(ERR_FS_CP_UNKNOWN, `cannot copy an unknown file type: ${dest}`, dest, EINVAL, 'EINVAL');
  }
}

function failExisting(dest) {
  fail(ERR_FS_CP_EEXIST, `${dest} already exists`, dest, EEXIST, 'EEXIST');
}

function* copyFile(src, dest, from, to, options) {
  if (to !== null) {
    if (!options.force) {
      if (options.errorOnExist) failExisting(dest);
      return;
    }
    yield [operations.unlink, dest];
  }
  yield [operations.copyFile, src, dest, options.mode];
  const mode = Number(from.mode) & 0o7777;
  if (options.preserveTimestamps) {
    // Without the right to write, the times could not be set.
    if ((mode & kWritable) === 0) yield [operations.chmod, dest, mode | kWritable];
    // Reading src for the copy may have changed its time of access.
    const { atime, mtime } = yield [operations.stat, src];
    yield [operations.utimes, dest, atime, mtime];
  }
  yield [operations.chmod, dest, mode];
}

function* copyDirectory(src, dest, from, to, options) {
  if (to === null) yield [mkdir, dest];
  else if (options.errorOnExist && !options.force) failExisting(dest);
  for (const name of yield [readNames, src]) {
    const srcItem = path.join(src, name);
    const destItem = path.join(dest, name);
    if (options.filter !== undefined && !(yield isIncluded(srcItem, destItem, options))) continue;
    const [fromItem, toItem] = yield* checkPair(srcItem, destItem, options);
    yield* copyOne(srcItem, destItem, fromItem, toItem, options);
  }
  if (to === null) yield [operations.chmod, dest, Number(from.mode) & 0o7777];
}

function* copyLink(src, dest, to, options) {
  let target = yield [operations.readlink, src];
  if (!options.verbatimSymlinks) target = path.resolve(path.dirname(src), target);
  if (to === null) {
    yield [operations.symlink, target, dest];
    return;
  }
  let existing;
  try {
    existing = yield [operations.readlink, dest];
  } catch (err) {
    if (err.code !== 'EINVAL') throw err;
    // No link: making one there says what is wrong.
    yield [operations.symlink, target, dest];
    return;
  }
  existing = path.resolve(path.dirname(dest), existing);
  const stat = yield* statOrNothing(src, true);
  if (stat?.isDirectory()) {
    const full = path.resolve(path.dirname(src), target);
    if (isWithin(full, existing)) failWithin(full, existing);
    // Replacing the link would take away what it is to lead to.
    if (isWithin(existing, full)) {
      fail(ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY, `cannot overwrite ${existing} with ${full}`, dest, EINVAL, 'EINVAL');
    }
  }
  yield [operations.unlink, dest];
  yield [operations.symlink, target, dest];
}

// The work of copying, its arguments checked.
function cp(src, dest, options) {
  options = cpOptions(options);
  src = getPath(src, 'src');
  dest = getPath(dest, 'dest');
  return copy(`${src}`, `${dest}`, options);
}

module.exports = { cp };
