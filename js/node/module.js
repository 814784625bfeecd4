'use strict';

// require('module'): the Module class with what else Node offers under that name.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_NO_TYPESCRIPT },
} = require('internal/errors');
const { Module } = require('internal/modules/cjs/module');
const { createRequire } = require('internal/modules/create_require');
const { findPackageJSON } = require('internal/modules/find_package_json');
const { isBuiltin, listBuiltins } = require('internal/modules/builtin_names');
const { registerHooks } = require('internal/modules/hooks');
const { SourceMap } = require('internal/source_map/source_map');
const sourceMaps = require('internal/source_map/support');
const { validateBoolean, validateObject } = require('internal/validators');
const { readPackageIn } = require('internal/modules/package_json');

Module.createRequire = createRequire;
Module.findPackageJSON = findPackageJSON;
Module.isBuiltin = isBuiltin;

Object.defineProperty(Module, 'builtinModules', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: listBuiltins,
  // Test runners make a class of their own out of this one, property by property.
  set(value) {
    Object.defineProperty(this, 'builtinModules', { __proto__: null, configurable: true, enumerable: true, writable: true, value });
  },
});

Module.registerHooks = registerHooks;

Module._readPackage = function _readPackage(folder) {
  return readPackageIn(folder) ?? { __proto__: null, exists: false };
};

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm/records').syncBuiltinExports();
};

// --- Source maps

Module.SourceMap = SourceMap;
Module.findSourceMap = function findSourceMap(path) {
  return sourceMaps.findSourceMap(path);
};
Module.getSourceMapsSupport = sourceMaps.getSupport;
Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = {}) {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  sourceMaps.setSupport({ enabled, nodeModules, generatedCode });
};

// --- Compiled code is not kept from one process to the next.

const compileCacheStatus = { __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 };
Module.constants = Object.freeze({ __proto__: null, compileCacheStatus: Object.freeze(compileCacheStatus) });

Module.enableCompileCache = function enableCompileCache(options) {
  const folder = typeof options === 'object' && options !== null ? options.directory : options;
  if (folder !== undefined && typeof folder !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('cacheDir', 'string', folder);
  }
  if (process.env.NODE_DISABLE_COMPILE_CACHE) {
    return { status: compileCacheStatus.DISABLED, message: 'Disabled by NODE_DISABLE_COMPILE_CACHE' };
  }
  return { status: compileCacheStatus.FAILED, message: 'There is no compile cache in this runtime' };
};
Module.flushCompileCache = function flushCompileCache() {};
Module.getCompileCacheDir = function getCompileCacheDir() {
  return undefined;
};

// --- Not there

Module.register = function register() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('module.register()');
};
Module.stripTypeScriptTypes = function stripTypeScriptTypes() {
  throw new ERR_NO_TYPESCRIPT();
};

module.exports = Module;
