'use strict';

// From an import's specifier to a URL, as the ES module specification of Node has
// it. Package exports and imports are in internal/modules/package_resolve.

const {
  codes: {
    ERR_INVALID_MODULE_SPECIFIER,
    ERR_MODULE_NOT_FOUND,
    ERR_UNKNOWN_BUILTIN_MODULE,
    ERR_UNSUPPORTED_DIR_IMPORT,
    ERR_UNSUPPORTED_RESOLVE_REQUEST,
  },
} = require('internal/errors');
const builtins = require('internal/bootstrap/builtins');
const { pathOf } = require('internal/modules/file_urls');
const { kFile, kFolder, preservesSymlinks, realpath, stat } = require('internal/modules/files');
const { findPackageScope, readPackageIn } = require('internal/modules/package_json');
const { parsePackageName, resolveExports, resolveImports } = require('internal/modules/package_resolve');
const { URL, fileURLToPath, pathToFileURL } = require('url');

function isRelative(specifier) {
  return specifier[0] === '/' || specifier === '.' || specifier === '..' ||
    specifier.startsWith('./') || specifier.startsWith('../');
}

function tryParse(specifier, base) {
  try {
    return new URL(specifier, base);
  } catch {
    return undefined;
  }
}

// --- packages

const MAIN_CANDIDATES = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];
const INDEX_CANDIDATES = ['index.js', 'index.json', 'index.node'];

// The main file of a package without "exports".
function resolveMain(pack, folder, base) {
  if (pack?.main) {
    for (const ending of MAIN_CANDIDATES) {
      const file = `${folder}/${pack.main}${ending}`;
      if (stat(file) === kFile) return pathToFileURL(file).href;
    }
  }
  for (const name of INDEX_CANDIDATES) {
    const file = `${folder}/${name}`;
    if (stat(file) === kFile) return pathToFileURL(file).href;
  }
  throw new ERR_MODULE_NOT_FOUND(`${folder}/`, base);
}

// `base` is the path of the file that asks.
function resolvePackage(specifier, base, conditions) {
  const id = builtins.normalize(specifier);
  if (id !== undefined) return `node:${id}`;
  if (specifier.startsWith('node:')) throw new ERR_UNKNOWN_BUILTIN_MODULE(specifier);
  const { name, subpath } = parsePackageName(specifier, base);

  const own = findPackageScope(base);
  if (own !== null && own.name === name && own.exports !== undefined && own.exports !== null) {
    return resolveExports(own, subpath, base, conditions, resolvePackage);
  }

  for (let end = base.lastIndexOf('/'); end !== -1; end = base.lastIndexOf('/', end - 1)) {
    const parent = base.slice(0, end);
    if (!parent.endsWith('/node_modules')) {
      const folder = `${parent}/node_modules/${name}`;
      if (stat(folder) === kFolder) {
        const pack = readPackageIn(folder, specifier, base);
        if (pack !== null && pack.exports !== undefined && pack.exports !== null) {
          return resolveExports(pack, subpath, base, conditions, resolvePackage);
        }
        if (subpath === '.') return resolveMain(pack, folder, base);
        return new URL(subpath, pathToFileURL(`${folder}/`)).href;
      }
    }
    if (end === 0) break;
  }
  throw new ERR_MODULE_NOT_FOUND(name, base, null);
}

// --- files

// The URL of a file that is there, without symbolic links.
function finish(resolved, base) {
  if (/%2F|%5C/i.test(resolved.pathname)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(
      resolved.pathname, 'must not include encoded "/" or "\\" characters', pathOf(base));
  }
  const file = fileURLToPath(resolved);
  const kind = stat(file.endsWith('/') ? file.slice(0, -1) : file);
  if (kind === kFolder) {
    const error = new ERR_UNSUPPORTED_DIR_IMPORT(file, pathOf(base));
    Object.defineProperty(error, 'url', {
      __proto__: null, configurable: true, enumerable: true, value: resolved.href, writable: true,
    });
    throw error;
  }
  if (kind !== kFile) {
    throw new ERR_MODULE_NOT_FOUND(file, pathOf(base), resolved.href);
  }
  if (preservesSymlinks(false)) return resolved.href;
  const real = realpath(file);
  // Where nothing is encoded, there is one way to write it.
  if (real === file && !resolved.href.includes('%')) return resolved.href;
  const url = pathToFileURL(file.endsWith('/') ? `${real}/` : real);
  url.search = resolved.search;
  url.hash = resolved.hash;
  return url.href;
}

// The specifier of a built-in, a data: URL or a file, as a URL.
function resolveURL(specifier, base, conditions) {
  const fromData = base?.startsWith('data:');
  if (isRelative(specifier)) {
    const resolved = tryParse(specifier, base);
    if (resolved === undefined) throw new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
    return resolved;
  }
  if (specifier[0] === '#' && !fromData) {
    return new URL(resolveImports(specifier, pathOf(base), conditions, resolvePackage));
  }
  const absolute = tryParse(specifier);
  if (absolute !== undefined) return absolute;
  const id = builtins.normalize(specifier);
  if (id !== undefined) return new URL(`node:${id}`);
  if (fromData) throw new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
  return new URL(resolvePackage(specifier, pathOf(base), conditions));
}

function resolve(specifier, base, conditions) {
  let resolved;
  try {
    resolved = resolveURL(specifier, base, conditions);
    if (resolved.protocol === 'file:') return finish(resolved, base);
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
      suggest(error, specifier, base);
    }
    throw error;
  }
  const { protocol, href } = resolved;
  if (protocol === 'node:' && builtins.normalize(href) === undefined) throw new ERR_UNKNOWN_BUILTIN_MODULE(href);
  return href;
}

// What require would have found is most likely what was meant.
function suggest(error, specifier, base) {
  const hint = findAsRequireWould(specifier, base);
  if (hint === undefined) return;
  const { stack } = error;
  const end = error.message.length;
  const at = stack.indexOf(error.message);
  error.message += `\n${hint}`;
  error.stack = at === -1 ? stack : `${stack.slice(0, at + end)}\n${hint}${stack.slice(at + end)}`;
}

function findAsRequireWould(specifier, base) {
  if (base === undefined || !base.startsWith('file:')) return undefined;
  try {
    const { Module } = require('internal/modules/cjs/module');
    const parent = new Module('');
    parent.filename = fileURLToPath(base);
    parent.paths = Module._nodeModulePaths(parent.filename.slice(0, parent.filename.lastIndexOf('/') + 1));
    const request = specifier.startsWith('file:') ? fileURLToPath(specifier) : decodeURI(specifier);
    const found = Module._resolveFilename(request, parent, false);
    return `Did you mean to import ${JSON.stringify(describe(found, specifier, base))}?`;
  } catch {
    return undefined;
  }
}

// The found file in the form in which the specifier was written.
function describe(found, specifier, base) {
  if (specifier.startsWith('file:')) return pathToFileURL(found).href;
  if (specifier.startsWith('/')) return found;
  if (isRelative(specifier)) {
    const folder = fileURLToPath(new URL('.', base));
    const relative = require('path').relative(folder, found);
    return relative.startsWith('../') ? relative : `./${relative}`;
  }
  // A package: its name, and where in it.
  const at = found.lastIndexOf('/node_modules/');
  return at === -1 ? found : found.slice(at + '/node_modules/'.length);
}

module.exports = { resolve };
