'use strict';

// Whether text that does not compile as CommonJS is an ES module that nobody has declared to be one.

const ESM_ONLY = new Set([
  'Cannot use import statement outside a module',
  "Cannot use 'import.meta' outside a module",
  "Unexpected token 'export'",
]);

// These say nothing by themselves: the text decides, compiled as a module.
const PERHAPS_ESM = [
  /^await is only valid in async functions and the top level bodies of modules$/,
  /^Unexpected reserved word$/,
  /^missing \) after argument list$/,
  /^Identifier '(?:module|exports|require|__filename|__dirname)' has already been declared$/,
];

function isEsmSyntaxError(error, code, name) {
  if (!core.isNativeError(error) || error.name !== 'SyntaxError') return false;
  const { message } = error;
  if (ESM_ONLY.has(message)) return true;
  if (!PERHAPS_ESM.some((pattern) => pattern.test(message))) return false;
  try {
    ops.op_runtime_esm_compile(code, name, null, 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}

module.exports = { isEsmSyntaxError };
