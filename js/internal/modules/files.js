'use strict';

// The file system as the module loaders see it. `stat` answers are kept while a
// top-level require runs, since it asks for the same folders again and again.

const { UVException } = require('internal/errors');
const { hasOption } = require('internal/options');

const kFile = 0;
const kFolder = 1;

let statCache = null;

// Begins to remember stat answers; returns false if somebody further up already does.
function beginStatCache() {
  if (statCache !== null) return false;
  statCache = new Map();
  return true;
}

function endStatCache() {
  statCache = null;
}

// kFile, kFolder, or a negative errno.
function stat(path) {
  if (statCache !== null) {
    const known = statCache.get(path);
    if (known !== undefined) return known;
  }
  const result = ops.op_runtime_module_stat(path);
  // What is not there may be made by the module that asked for it.
  if (statCache !== null && result >= 0) statCache.set(path, result);
  return result;
}

function readText(path) {
  const text = ops.op_runtime_module_read(path);
  if (typeof text === 'number') {
    throw new UVException({ errno: text, syscall: text === EISDIR ? 'read' : 'open', path: text === EISDIR ? undefined : path });
  }
  return text;
}

const EISDIR = -21;

// The text of a file, or undefined when it cannot be read.
function readTextIfThere(path) {
  const text = ops.op_runtime_module_read(path);
  return typeof text === 'number' ? undefined : text;
}

function realpath(path) {
  const real = ops.op_runtime_module_realpath(path);
  if (typeof real === 'number') throw new UVException({ errno: real, syscall: 'lstat', path });
  return real;
}

// Whether symbolic links stay in the names of modules.
function preservesSymlinks(isMain) {
  if (isMain) return hasOption('preserve-symlinks-main') || process.env.NODE_PRESERVE_SYMLINKS_MAIN === '1';
  return hasOption('preserve-symlinks') || process.env.NODE_PRESERVE_SYMLINKS === '1';
}

module.exports = { beginStatCache, endStatCache, kFile, kFolder, preservesSymlinks, readText, readTextIfThere, realpath, stat };
