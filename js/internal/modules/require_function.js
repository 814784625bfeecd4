'use strict';

// The `require` that a CommonJS module is given.

const { validateString } = require('internal/validators');

// `Module` is the class; passed in because it makes these for its own instances.
function makeRequireFunction(Module, module) {
  function require(path) {
    return module.require(path);
  }

  function resolve(request, options) {
    validateString(request, 'request');
    return Module._resolveFilename(request, module, false, options);
  }

  function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, module);
  }

  require.resolve = resolve;
  resolve.paths = paths;
  // Defined, so that a setter on Object.prototype has no say.
  Object.defineProperty(require, 'main', {
    __proto__: null, value: process.mainModule, writable: true, enumerable: true, configurable: true,
  });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

module.exports = { makeRequireFunction };
