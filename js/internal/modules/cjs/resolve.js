'use strict';

// From a request to a file name, as Node's require does it. The steps are
// properties of Module, where programs replace and call them; `install` puts them there.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_MODULE_SPECIFIER } } = require('internal/errors');
const builtins = require('internal/bootstrap/builtins');
const { requireStackOf } = require('internal/modules/cjs/parents');
const { requireConditions } = require('internal/modules/conditions');
const { kFile, kFolder, preservesSymlinks, realpath, stat: statFile } = require('internal/modules/files');
const { findPackageScope, readPackageIn } = require('internal/modules/package_json');
const { parsePackageName, resolveExports, resolveImports } = require('internal/modules/package_resolve');
const { fileURLToPath } = require('internal/modules/urls');
const path = require('path');

let Module;

// Programs with a file system of their own replace Module._stat.
function stat(file) {
  return Module._stat(file);
}

function isRelative(request) {
  if (request[0] !== '.') return false;
  const second = request[1];
  return second === undefined || second === '/' || second === '.';
}

function notFound(request, requestPath) {
  const error = new Error(`Cannot find module '${request}'`);
  error.code = 'MODULE_NOT_FOUND';
  if (requestPath !== undefined) error.path = requestPath;
  return error;
}

// --- files and folders

function realName(file, isMain) {
  return preservesSymlinks(isMain) ? path.resolve(file) : realpath(file);
}

function tryFile(file, isMain) {
  return stat(file) === kFile ? realName(file, isMain) : false;
}

function tryExtensions(base, extensions, isMain) {
  // Loops here go by index, for programs that delete Array's iterator.
  for (let i = 0; i < extensions.length; i++) {
    const file = tryFile(base + extensions[i], isMain);
    if (file) return file;
  }
  return false;
}

function tryFolder(folder, extensions, isMain, request) {
  const pack = readPackageIn(folder);
  const index = path.resolve(folder, 'index');
  if (!pack?.main) return tryExtensions(index, extensions, isMain);

  const main = path.resolve(folder, pack.main);
  const file = tryFile(main, isMain) || tryExtensions(main, extensions, isMain) ||
    tryExtensions(path.resolve(main, 'index'), extensions, isMain);
  if (file) return file;
  const fallback = tryExtensions(index, extensions, isMain);
  if (!fallback) {
    const error = new Error(`Cannot find module '${main}'. Please verify that the package.json has a valid "main" entry`);
    error.code = 'MODULE_NOT_FOUND';
    error.path = pack.path;
    error.requestPath = request;
    throw error;
  }
  process.emitWarning(
    `Invalid 'main' field in '${pack.path}' of '${pack.main}'. Please either fix that or report it to the module author`,
    'DeprecationWarning', 'DEP0128');
  return fallback;
}

// --- packages

// "imports" may name another package; it is found as require finds one.
function resolvePackageFrom(specifier, base) {
  const id = builtins.normalize(specifier);
  if (id !== undefined) return `node:${id}`;
  const parent = new Module(base);
  parent.filename = base;
  parent.paths = Module._nodeModulePaths(path.dirname(base));
  const found = Module._resolveFilename(specifier, parent, false);
  return require('url').pathToFileURL(found).href;
}

function finish(resolved, parentPath, packagePath) {
  if (resolved.startsWith('node:')) return resolved;
  if (/%2F|%5C/i.test(resolved)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(resolved, 'must not include encoded "/" or "\\" characters', parentPath);
  }
  const file = fileURLToPath(resolved);
  const actual = tryFile(file, false);
  if (actual) return actual;
  throw notFound(file, packagePath);
}

// A package's own name, where it has "exports".
function trySelf(parentPath, request, conditions) {
  if (!parentPath) return false;
  const pack = findPackageScope(parentPath);
  if (pack === null || pack.exports === undefined || pack.exports === null || pack.name === undefined) return false;
  let subpath;
  if (request === pack.name) subpath = '.';
  else if (request.startsWith(`${pack.name}/`)) subpath = `.${request.slice(pack.name.length)}`;
  else return false;
  return finish(resolveExports(pack, subpath, parentPath, conditions, resolvePackageFrom), parentPath, pack.path);
}

function tryExports(folder, request, conditions) {
  let parsed;
  try {
    parsed = parsePackageName(request);
  } catch {
    return false;
  }
  const pack = readPackageIn(path.resolve(folder, parsed.name));
  if (pack === null || pack.exports === undefined || pack.exports === null) return false;
  return finish(resolveExports(pack, parsed.subpath, undefined, conditions, resolvePackageFrom), null, pack.path);
}

// --- the steps

function _nodeModulePaths(from) {
  const resolved = path.resolve(from);
  if (resolved === '/') return ['/node_modules'];
  const paths = [];
  let end = resolved.length;
  while (end > 0) {
    const folder = resolved.slice(0, end);
    const start = folder.lastIndexOf('/');
    if (folder.slice(start + 1) !== 'node_modules') paths.push(`${folder}/node_modules`);
    end = start;
  }
  paths.push('/node_modules');
  return paths;
}

function _resolveLookupPaths(request, parent) {
  if (builtins.normalize(request) !== undefined) return null;
  if (!isRelative(request)) {
    let paths;
    if (parent?.paths?.length) {
      paths = parent.paths.concat(modulePaths);
    } else {
      paths = modulePaths;
    }
    return paths.length > 0 ? paths : null;
  }
  // Without a file to be relative to, it is the working folder.
  if (!parent || !parent.id || !parent.filename) return ['.'];
  return [path.dirname(parent.filename)];
}

function endsAsFolder(request) {
  return /(?:^|\/)\.{0,2}$/.test(request) && request !== '';
}

function _findPath(request, paths, isMain) {
  const isAbsolute = path.isAbsolute(request);
  if (isAbsolute) paths = [''];
  else if (!paths || paths.length === 0) return false;

  const key = `${request}\x00${paths.length === 1 ? paths[0] : paths.join('\x00')}`;
  const known = Module._pathCache[key];
  if (known) return known;

  const needsFolder = endsAsFolder(request);
  // A request like ../x may leave the folder that it is looked up in, so that it need not exist.
  const staysInside = !isRelative(request) || !/^\.\.?(?:\/|$)/.test(path.normalize(request));
  let extensions;
  for (let i = 0; i < paths.length; i++) {
    const folder = paths[i];
    if (staysInside && folder && stat(folder) < kFolder) continue;
    if (!isAbsolute && !isRelative(request)) {
      const exported = tryExports(folder, request, requireConditions());
      if (exported) return exported;
    }
    const base = path.resolve(folder, request);
    const kind = stat(base);
    let file;
    if (!needsFolder) {
      if (kind === kFile) file = realName(base, isMain);
      if (!file) {
        extensions ??= Object.keys(Module._extensions);
        file = tryExtensions(base, extensions, isMain);
      }
    }
    if (!file && kind === kFolder) {
      extensions ??= Object.keys(Module._extensions);
      file = tryFolder(base, extensions, isMain, request);
    }
    if (file) {
      Module._pathCache[key] = file;
      return file;
    }
  }
  return false;
}

// `paths` of require.resolve's options, or the parent's.
function lookupPathsFor(request, parent, options) {
  if (typeof options !== 'object' || options === null || options.paths === undefined) {
    return Module._resolveLookupPaths(request, parent);
  }
  if (!Array.isArray(options.paths)) throw new ERR_INVALID_ARG_VALUE('options.paths', options.paths);
  if (isRelative(request)) return options.paths;
  const all = new Set();
  const standIn = new Module('', null);
  for (const folder of options.paths) {
    standIn.paths = Module._nodeModulePaths(folder);
    for (const found of Module._resolveLookupPaths(request, standIn) ?? []) all.add(found);
  }
  return [...all];
}

function resolveImportedName(request, parent, conditions) {
  const parentPath = parent.filename;
  const pack = findPackageScope(parentPath);
  if (pack === null || pack.imports === undefined) return undefined;
  try {
    return finish(resolveImports(request, parentPath, conditions, resolvePackageFrom), parentPath, pack.path);
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') throw notFound(request);
    throw error;
  }
}

function _resolveFilename(request, parent, isMain, options) {
  if (builtins.normalize(request) !== undefined) return request;

  const conditions = options?.conditions ?? requireConditions();
  const paths = lookupPathsFor(request, parent, options);
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>')) {
    const found = resolveImportedName(request, parent, conditions);
    if (found !== undefined) return found;
  }
  if (!isRelative(request) && !path.isAbsolute(request)) {
    const own = trySelf(parent?.filename, request, conditions);
    if (own) return own;
  }
  const file = Module._findPath(request, paths, isMain);
  if (file) return file;

  const requireStack = requireStackOf(parent);
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack;
  throw error;
}

// --- the folders outside the tree of the requiring file

let modulePaths = [];

function _initPaths() {
  const { HOME, NODE_PATH } = process.env;
  const paths = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (HOME) paths.unshift(path.resolve(HOME, '.node_modules'), path.resolve(HOME, '.node_libraries'));
  if (NODE_PATH) paths.unshift(...NODE_PATH.split(path.delimiter).filter(Boolean));
  modulePaths = paths;
  // A copy, which programs may look at but not change lookups with.
  Module.globalPaths = paths.slice();
}

function install(target) {
  Module = target;
  Module._findPath = _findPath;
  Module._initPaths = _initPaths;
  Module._nodeModulePaths = _nodeModulePaths;
  Module._pathCache = { __proto__: null };
  Module._resolveFilename = _resolveFilename;
  Module._resolveLookupPaths = _resolveLookupPaths;
  Module._stat = statFile;
  Module.globalPaths = [];
}

module.exports = { install };
