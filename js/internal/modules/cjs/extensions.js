'use strict';

// What is done with a file by its extension: Module._extensions.

const { codes: { ERR_DLOPEN_FAILED } } = require('internal/errors');
const { readText } = require('internal/modules/files');
const hooks = require('internal/modules/hooks');
const { findPackageScope } = require('internal/modules/package_json');
const path = require('path');

// By its name and its package: 'module', 'commonjs', or undefined when neither says.
function declaredFormat(filename) {
  if (filename.endsWith('.js')) {
    const type = findPackageScope(filename)?.type ?? 'none';
    return type === 'none' ? undefined : type;
  }
  // Without an extension it is CommonJS to require, whatever its package is.
  if (path.extname(filename) === '') return findPackageScope(filename)?.type === 'commonjs' ? 'commonjs' : undefined;
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  return undefined;
}

// Those that ask no hooks.
const plain = {
  '__proto__': null,

  '.js'(module, filename) {
    module._compile(readText(filename), filename, declaredFormat(filename));
  },

  '.json'(module, filename) {
    const text = readText(filename);
    let exports;
    try {
      exports = JSON.parse(text);
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
    // Defined rather than assigned: a setter on Object.prototype is none of JSON's business.
    Object.defineProperty(module, 'exports', {
      __proto__: null, value: exports, writable: true, enumerable: true, configurable: true,
    });
  },

  '.node'(_module, filename) {
    throw new ERR_DLOPEN_FAILED(`${filename}: native addons cannot be loaded`);
  },
};

// A loader that a program has put in the place of one of these asks the hooks only when it calls that one.
function install(Module) {
  Module._extensions = { __proto__: null };
  for (const extension of Object.keys(plain)) {
    Module._extensions[extension] = {
      [extension](module, filename) {
        // It needs the Module class itself.
        if (hooks.hasLoadHooks()) require('internal/modules/cjs/hooked').loadHooked(module, filename);
        else plain[extension](module, filename);
      },
    }[extension];
  }
}

module.exports = { install, plain };
