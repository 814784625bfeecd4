'use strict';

// The Module class of CommonJS: loading, caching and running modules. Where a
// request leads is in cjs/resolve, what a file's extension means in cjs/extensions.

const { validateString } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_BUILTIN_MODULE } } = require('internal/errors');
const builtins = require('internal/bootstrap/builtins');
const { endCircularRequire, exportsForCircularRequire } = require('internal/modules/cjs/circular');
const { compile, installWrapper } = require('internal/modules/cjs/compile');
const { keepExports } = require('internal/modules/cjs/exports_at_load');
const { install: installExtensions } = require('internal/modules/cjs/extensions');
const { parents } = require('internal/modules/cjs/parents');
const { install: installResolution } = require('internal/modules/cjs/resolve');
const { beginStatCache, endStatCache } = require('internal/modules/files');
const hooks = require('internal/modules/hooks');
const { makeRequireFunction } = require('internal/modules/require_function');
const path = require('path');

// `folder\0request` to the file name that it led to last time.
const relativeRequests = { __proto__: null };

let requireDepth = 0;
let isPreloading = false;

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  // Defined, so that a setter on Object.prototype has no say.
  Object.defineProperty(this, 'exports', { __proto__: null, value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  addChild(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

// What deals with hooks is loaded when there are some: it stands on what most programs do not use.
function hooked() {
  return require('internal/modules/cjs/hooked');
}

function addChild(parent, child, unlessThere) {
  const children = parent?.children;
  if (children && !(unlessThere && children.includes(child))) children.push(child);
}

function loadBuiltin(id, request) {
  if (!builtins.canBeRequiredByUsers(id)) throw new ERR_UNKNOWN_BUILTIN_MODULE(request);
  return exportsOfBuiltin(id);
}

function exportsOfBuiltin(id) {
  return hooks.hasLoadHooks() ? hooked().requireHookedBuiltin(id) : builtins.requireBuiltin(id);
}

function exportsOfKnown(module, parent) {
  addChild(parent, module, true);
  return module.loaded ? module.exports : exportsForCircularRequire(module);
}

Module._cache = { __proto__: null };

Module._load = function(request, parent, isMain) {
  let relativeKey;
  const isHooked = hooks.hasResolveHooks();
  if (parent && !isHooked) {
    relativeKey = `${parent.path}\x00${request}`;
    const filename = relativeRequests[relativeKey];
    if (filename !== undefined) {
      const module = Module._cache[filename];
      if (module !== undefined) return exportsOfKnown(module, parent);
      delete relativeRequests[relativeKey];
    }
  }

  if (request.startsWith('node:') && !isHooked) return loadBuiltin(request.slice(5), request);

  const filename = isHooked ? hooked().resolveHooked(request, parent, isMain) : Module._resolveFilename(request, parent, isMain);
  const known = Module._cache[filename];
  if (known !== undefined) return exportsOfKnown(known, parent);

  const builtin = builtins.normalize(filename);
  if (builtin !== undefined) return exportsOfBuiltin(builtin);

  const module = new Module(filename, parent);
  if (isMain) {
    process.mainModule = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  if (relativeKey !== undefined) relativeRequests[relativeKey] = filename;
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) forget(module, filename, parent, relativeKey);
    else endCircularRequire(module);
  }
  return module.exports;
};

// A module that threw is run again by the next require.
function forget(module, filename, parent, relativeKey) {
  delete Module._cache[filename];
  if (relativeKey === undefined) return;
  delete relativeRequests[relativeKey];
  const children = parent?.children;
  if (Array.isArray(children)) {
    const index = children.indexOf(module);
    if (index !== -1) children.splice(index, 1);
  }
}

// The extension of `filename`, the longest that has a loader: '.test.js' before '.js'.
function registeredExtension(filename) {
  const name = path.basename(filename);
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    // A leading dot hides a file and begins no extension.
    if (dot === 0) continue;
    const extension = name.slice(dot);
    if (Module._extensions[extension]) return extension;
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  this.filename = filename;
  this.paths = Module._nodeModulePaths(path.dirname(filename));
  Module._extensions[registeredExtension(filename)](this, filename);
  this.loaded = true;
  keepExports(this);
};

Module.prototype.require = function(id) {
  validateString(id, 'id');
  if (id === '') throw new ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  requireDepth++;
  try {
    return Module._load(id, this, false);
  } finally {
    requireDepth--;
  }
};

Module.prototype._compile = function(content, filename, format) {
  const body = compile(this, content, filename, format);
  // It was an ES module and has run.
  if (body === undefined) return undefined;
  const { exports } = this;
  const args = [exports, makeRequireFunction(Module, this), this, filename, path.dirname(filename)];
  const remembers = requireDepth === 0 && beginStatCache();
  try {
    return Reflect.apply(body, exports, args);
  } finally {
    if (remembers) endStatCache();
  }
};

Object.defineProperties(Module.prototype, {
  // A getter, as in Node: a module is printed like a plain object.
  constructor: { __proto__: null, configurable: false, get: () => Module },
  isPreloading: { __proto__: null, configurable: true, get: () => isPreloading },
  parent: {
    __proto__: null,
    configurable: true,
    get() {
      return parents.get(this);
    },
    set(value) {
      parents.set(this, value);
    },
  },
});

// --require
Module._preloadModules = function(requests) {
  if (!Array.isArray(requests)) return;
  isPreloading = true;
  const parent = new Module('internal/preload', null);
  try {
    parent.paths = Module._nodeModulePaths(process.cwd());
  } catch (error) {
    if (error.code !== 'ENOENT') {
      isPreloading = false;
      throw error;
    }
  }
  for (const request of requests) parent.require(request);
  isPreloading = false;
};

Module.Module = Module;
installResolution(Module);
installExtensions(Module);
installWrapper(Module);

module.exports = { Module, registeredExtension };
