'use strict';

// vm.compileFunction(): a function from its body and the names of its parameters.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const {
  kValidateObjectAllowNullable, validateArray, validateBoolean, validateInt32, validateObject, validateString,
  validateStringArray,
} = require('internal/validators');
const { isContext } = require('internal/vm/context');
const { importId, releaseWith, validateImporter } = require('internal/vm/import');
const { toBuffer, validateCachedData } = require('internal/vm/script');

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) validateStringArray(params, 'params');
  validateObject(options, 'options');
  const {
    filename = '', columnOffset = 0, lineOffset = 0, cachedData, produceCachedData = false, parsingContext,
    contextExtensions = [], importModuleDynamically,
  } = options;
  validateString(filename, 'options.filename');
  validateInt32(columnOffset, 'options.columnOffset');
  validateInt32(lineOffset, 'options.lineOffset');
  validateCachedData(cachedData);
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (parsingContext !== undefined &&
      (typeof parsingContext !== 'object' || parsingContext === null || !isContext(parsingContext))) {
    throw new ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, i) => {
    validateObject(extension, `options.contextExtensions[${i}]`, kValidateObjectAllowNullable);
  });
  validateImporter(importModuleDynamically);

  let self;
  const id = importId(importModuleDynamically, () => self?.deref());
  const [compiled, rejected, sourceMapURL, produced] = ops.op_os_vm_function_compile(
    code, filename, lineOffset, columnOffset, cachedData, produceCachedData, parsingContext, contextExtensions,
    params, id);
  if (importModuleDynamically !== undefined) {
    self = new WeakRef(compiled);
    releaseWith(compiled, id);
  }
  if (produceCachedData) {
    compiled.cachedDataProduced = produced !== undefined;
    if (produced !== undefined) compiled.cachedData = toBuffer(produced);
  }
  if (cachedData !== undefined) compiled.cachedDataRejected = rejected;
  if (sourceMapURL !== undefined) compiled.sourceMapURL = sourceMapURL;
  return compiled;
}

module.exports = { compileFunction };
