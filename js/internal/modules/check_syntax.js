'use strict';

// --check: the program is compiled and not run.

const { readText } = require('internal/modules/files');
const { isEsmSyntaxError } = require('internal/modules/esm_syntax');
const { getOption } = require('internal/options');
const { findPackageScope } = require('internal/modules/package_json');
const { Module } = require('internal/modules/cjs/module');

function checkSyntax(config) {
  if (config.script === undefined) {
    const code = ops.op_runtime_module_read_stdin();
    check(typeof code === 'string' ? code : '', '[stdin]', getOption('input-type'));
    return;
  }
  const file = Module._resolveFilename(process.argv[1], null, true);
  let format;
  if (file.endsWith('.mjs')) format = 'module';
  else if (file.endsWith('.cjs')) format = 'commonjs';
  else if (file.endsWith('.js')) format = findPackageScope(file)?.type;
  check(readText(file), file, format);
}

function check(code, name, format) {
  if (format === 'module') {
    ops.op_runtime_esm_compile(code, name, null, 0, 0, 0);
    return;
  }
  try {
    ops.op_runtime_module_compile(code, name);
  } catch (error) {
    if (format !== 'commonjs' && isEsmSyntaxError(error, code, name)) {
      ops.op_runtime_esm_compile(code, name, null, 0, 0, 0);
      return;
    }
    throw error;
  }
}

module.exports = { checkSyntax };
