'use strict';
// fs.Dirent: an entry of a directory, with the kind that the directory told. Where the file system does not tell, lstat does.

const path = require('path');
const { Buffer } = require('buffer');
const constants = require('internal/fs/constants');

const {
  S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, UV_DIRENT_BLOCK, UV_DIRENT_CHAR, UV_DIRENT_DIR, UV_DIRENT_FIFO,
  UV_DIRENT_FILE, UV_DIRENT_LINK, UV_DIRENT_SOCKET, UV_DIRENT_UNKNOWN,
} = constants;

const kType = Symbol('type');

class Dirent {
  constructor(name, type, parentPath) {
    this.name = name;
    this.parentPath = parentPath;
    this[kType] = type;
  }

  isDirectory() {
    return this[kType] === UV_DIRENT_DIR;
  }

  isFile() {
    return this[kType] === UV_DIRENT_FILE;
  }

  isBlockDevice() {
    return this[kType] === UV_DIRENT_BLOCK;
  }

  isCharacterDevice() {
    return this[kType] === UV_DIRENT_CHAR;
  }

  isSymbolicLink() {
    return this[kType] === UV_DIRENT_LINK;
  }

  isFIFO() {
    return this[kType] === UV_DIRENT_FIFO;
  }

  isSocket() {
    return this[kType] === UV_DIRENT_SOCKET;
  }
}

const kindsByMode = {
  __proto__: null,
  [S_IFREG]: UV_DIRENT_FILE,
  [S_IFDIR]: UV_DIRENT_DIR,
  [S_IFLNK]: UV_DIRENT_LINK,
  [S_IFIFO]: UV_DIRENT_FIFO,
  [S_IFSOCK]: UV_DIRENT_SOCKET,
  [S_IFCHR]: UV_DIRENT_CHAR,
  [S_IFBLK]: UV_DIRENT_BLOCK,
};

function kindOfMode(mode) {
  return kindsByMode[mode & S_IFMT] ?? UV_DIRENT_UNKNOWN;
}

function joinPath(parent, name) {
  if (typeof parent === 'string' && typeof name === 'string') return path.join(parent, name);
  return Buffer.concat([Buffer.from(parent), Buffer.from('/'), Buffer.from(name)]);
}

// A kind that the file system has not told is one system call away: rare enough to be made at once.
function makeDirent(parent, name, kind) {
  if (kind === UV_DIRENT_UNKNOWN) {
    const type = ops.op_fs_file_type(joinPath(parent, name), false);
    if (type >= 0) kind = kindOfMode(type);
  }
  return new Dirent(name, kind, parent);
}

module.exports = { Dirent, joinPath, kindOfMode, makeDirent };
