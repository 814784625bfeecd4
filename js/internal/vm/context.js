'use strict';

// createContext() and what other parts of vm ask about contexts.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const {
  kValidateObjectAllowArray, validateBoolean, validateObject, validateOneOf, validateString,
} = require('internal/validators');

const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
});

// What op_os_vm_context_make takes.
const ALLOW_STRINGS = 1;
const ALLOW_WASM = 2;
const OWN_MICROTASKS = 4;

let lastName = 0;

function isContext(object) {
  validateObject(object, 'object', kValidateObjectAllowArray);
  return ops.op_os_vm_context_is(object);
}

function validateContext(value) {
  if (!isContext(value)) throw new ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', value);
}

function validateCodeGeneration(value, name) {
  validateObject(value, name);
  const { strings = true, wasm = true } = value;
  validateBoolean(strings, `${name}.strings`);
  validateBoolean(wasm, `${name}.wasm`);
  return { strings, wasm };
}

function createContext(contextObject = {}, options = {}) {
  const isVanilla = contextObject === constants.DONT_CONTEXTIFY;
  if (!isVanilla && isContext(contextObject)) return contextObject;

  validateObject(options, 'options');
  const {
    name = `VM Context ${++lastName}`, origin, codeGeneration, microtaskMode, importModuleDynamically,
  } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  let generation = { strings: true, wasm: true };
  if (codeGeneration !== undefined) generation = validateCodeGeneration(codeGeneration, 'options.codeGeneration');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  require('internal/vm/import').validateImporter(importModuleDynamically);

  const flags = (generation.strings ? ALLOW_STRINGS : 0) |
    (generation.wasm ? ALLOW_WASM : 0) |
    (microtaskMode === 'afterEvaluate' ? OWN_MICROTASKS : 0);
  const global = ops.op_os_vm_context_make(isVanilla ? undefined : contextObject, flags);
  return isVanilla ? global : contextObject;
}

// The options of a context as runInNewContext() has them, among a script's.
function contextOptions(options) {
  if (options === undefined || options === null || typeof options !== 'object') return {};
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  if (contextName !== undefined) validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validateString(contextOrigin, 'options.contextOrigin');
  let codeGeneration;
  if (contextCodeGeneration !== undefined) {
    codeGeneration = validateCodeGeneration(contextCodeGeneration, 'options.contextCodeGeneration');
  }
  if (microtaskMode !== undefined) validateString(microtaskMode, 'options.microtaskMode');
  return { name: contextName, origin: contextOrigin, codeGeneration, microtaskMode };
}

module.exports = { constants, contextOptions, createContext, isContext, validateContext };
