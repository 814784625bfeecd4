'use strict';

// package.json files: read once, and the scope that a file belongs to. What
// "exports" and "imports" mean is in internal/modules/package_resolve.

const { codes: { ERR_INVALID_PACKAGE_CONFIG } } = require('internal/errors');
const { readTextIfThere } = require('internal/modules/files');

// Path of a package.json to its content, or to null where there is none.
const known = new Map();

// Folder to the package that it is in, or null.
const scopes = new Map();

// A property of the file, and not one that somebody has put on Object.prototype.
function own(content, name) {
  return Object.hasOwn(content, name) ? content[name] : undefined;
}

function ownString(content, name) {
  const value = own(content, name);
  return typeof value === 'string' ? value : undefined;
}

// `path` is that of the package.json. The answer has name, main, type
// ('commonjs', 'module' or 'none'), exports, imports, path and folder; null
// where there is no such file.
function readPackageJson(path, specifier, base) {
  const before = known.get(path);
  if (before !== undefined) return before;
  const text = readTextIfThere(path);
  if (text === undefined) {
    known.set(path, null);
    return null;
  }
  let content;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const error = new ERR_INVALID_PACKAGE_CONFIG(path, base ? `"${specifier}" from ${base}` : specifier, cause.message);
    error.cause = cause;
    throw error;
  }
  if (typeof content !== 'object' || content === null) content = {};
  const type = own(content, 'type');
  const imports = own(content, 'imports');
  const pack = {
    __proto__: null,
    path,
    folder: path.slice(0, -'/package.json'.length),
    name: ownString(content, 'name'),
    main: ownString(content, 'main'),
    type: type === 'module' || type === 'commonjs' ? type : 'none',
    exports: own(content, 'exports'),
    imports: typeof imports === 'object' && imports !== null ? imports : undefined,
  };
  known.set(path, pack);
  return pack;
}

// The package in `folder` itself, or null.
function readPackageIn(folder, specifier, base) {
  return readPackageJson(folder.endsWith('/') ? `${folder}package.json` : `${folder}/package.json`, specifier, base);
}

// The package whose folder holds `file`; a node_modules folder ends the search.
function findPackageScope(file) {
  const slash = file.lastIndexOf('/');
  return slash === -1 ? null : scopeOfFolder(file.slice(0, slash));
}

function scopeOfFolder(folder) {
  const before = scopes.get(folder);
  if (before !== undefined) return before;
  let scope = null;
  if (!folder.endsWith('/node_modules')) {
    scope = readPackageIn(folder);
    const slash = folder.lastIndexOf('/');
    if (scope === null && slash !== -1) scope = scopeOfFolder(folder.slice(0, slash));
  }
  scopes.set(folder, scope);
  return scope;
}

module.exports = { findPackageScope, readPackageIn, readPackageJson };
