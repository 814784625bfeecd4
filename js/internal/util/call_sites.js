'use strict';
// util.getCallSites: the calls on the stack as plain objects, without Error.prepareStackTrace having a say.

const { validateBoolean, validateInteger, validateObject } = require('internal/validators');

const DEFAULT_COUNT = 8;
const MAX_COUNT = 200;
const ELEMENTS_PER_SITE = 5;

function getCallSites(frameCount = DEFAULT_COUNT, options = undefined) {
  if (options === undefined) {
    if (typeof frameCount === 'object') {
      options = frameCount;
      validateObject(options, 'options');
      frameCount = DEFAULT_COUNT;
    }
  } else {
    validateObject(options, 'options');
  }
  if (options?.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateInteger(frameCount, 'frameCount', 1, MAX_COUNT);

  // The first is this function.
  const flat = ops.op_core_stack_sites(frameCount + 1);
  const sites = [];
  for (let i = ELEMENTS_PER_SITE; i < flat.length; i += ELEMENTS_PER_SITE) {
    sites.push({
      functionName: flat[i],
      scriptId: flat[i + 1],
      scriptName: flat[i + 2],
      lineNumber: flat[i + 3],
      columnNumber: flat[i + 4],
      column: flat[i + 4],
    });
  }
  return sites;
}

module.exports = { getCallSites };
