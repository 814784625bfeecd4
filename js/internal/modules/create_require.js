'use strict';

// module.createRequire.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { Module } = require('internal/modules/cjs/module');
const { makeRequireFunction } = require('internal/modules/require_function');
const { URL, fileURLToPath } = require('internal/modules/urls');
const path = require('path');

const EXPECTED = 'must be a file URL object, file URL string, or absolute path string';

function isURL(value) {
  return typeof value === 'object' && value !== null && Boolean(value.href && value.protocol);
}

function toPath(filename) {
  if (isURL(filename) || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      return fileURLToPath(isURL(filename) ? filename : new URL(filename));
    } catch {
      throw new ERR_INVALID_ARG_VALUE('filename', filename, EXPECTED);
    }
  }
  if (typeof filename !== 'string') throw new ERR_INVALID_ARG_VALUE('filename', filename, EXPECTED);
  return filename;
}

function createRequire(filename) {
  const given = toPath(filename);
  // A folder stands for any file in it.
  const file = given.endsWith('/') ? path.join(given, 'noop.js') : given;
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths(module.path);
  return makeRequireFunction(Module, module);
}

module.exports = { createRequire };
