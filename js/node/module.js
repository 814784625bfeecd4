'use strict';

// require('module'): the Module class with what else Node offers under that name.

const { Module } = require('internal/modules/cjs/module');
const { createRequire } = require('internal/modules/create_require');
const { isBuiltin, listBuiltins } = require('internal/modules/builtin_names');

Module.createRequire = createRequire;
Module.isBuiltin = isBuiltin;

Object.defineProperty(Module, 'builtinModules', {
  __proto__: null, configurable: true, enumerable: true, get: listBuiltins,
});

module.exports = Module;
