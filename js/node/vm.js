'use strict';

// The public 'vm' module. Scripts, contexts and functions are in internal/vm/.

const { validateObject } = require('internal/validators');
const { compileFunction } = require('internal/vm/compile_function');
const {
  constants, contextOptions, createContext, isContext, validateContext,
} = require('internal/vm/context');
const { measureMemory } = require('internal/vm/measure_memory');
const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
const { Script } = require('internal/vm/script');

function createScript(code, options) {
  return new Script(code, options);
}

// A string is a filename.
function withFilename(options) {
  if (typeof options === 'string') return { filename: options };
  if (options !== undefined) validateObject(options, 'options');
  return options;
}

function runInContext(code, contextifiedObject, options) {
  validateContext(contextifiedObject);
  options = withFilename(options);
  return createScript(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  options = withFilename(options);
  const context = createContext(contextObject, contextOptions(options));
  return createScript(code, options).runInContext(context, options);
}

function runInThisContext(code, options) {
  options = withFilename(options);
  return createScript(code, options).runInThisContext(options);
}

module.exports = {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants,
  Module,
  SourceTextModule,
  SyntheticModule,
};
