'use strict';

// Code that comes from no file: -e, -p and standard input. It runs as a script,
// so that what it declares is global, with the names of a CommonJS module beside it.

const { codes: { ERR_EVAL_ESM_CANNOT_PRINT } } = require('internal/errors');
const { getOption } = require('internal/options');
const { isEsmSyntaxError } = require('internal/modules/esm_syntax');
const { Module } = require('internal/modules/cjs/module');
const { makeRequireFunction } = require('internal/modules/require_function');
const path = require('path');

function defineGlobal(name, value) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

// In such code, a built-in's name is enough: `os.cpus()`.
function defineBuiltinGlobals() {
  const { listBuiltins } = require('internal/modules/builtin_names');
  for (const name of listBuiltins()) {
    if (name.startsWith('_') || name.includes('/') || name.includes(':') || Object.hasOwn(globalThis, name)) continue;
    const replace = (value) => {
      Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    };
    Object.defineProperty(globalThis, name, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = require('internal/bootstrap/builtins').requireBuiltin(name);
        Object.defineProperty(globalThis, name, {
          __proto__: null, get: () => value, set: replace, enumerable: false, configurable: true,
        });
        return value;
      },
      set: replace,
    });
  }
}

// `name` is '[eval]' or '[stdin]'.
function evalScript(name, code, print) {
  if (getOption('input-type') === 'module') {
    evalModule(code, print);
    return;
  }
  const module = new Module(name);
  module.filename = path.join(process.cwd(), name);
  module.paths = Module._nodeModulePaths(process.cwd());
  defineGlobal('__filename', name);
  defineGlobal('module', module);
  defineGlobal('exports', module.exports);
  defineGlobal('__dirname', '.');
  defineGlobal('require', makeRequireFunction(Module, module));
  defineBuiltinGlobals();

  let result;
  try {
    result = ops.op_runtime_script_run(code, name);
  } catch (error) {
    if (getOption('input-type') === undefined && isEsmSyntaxError(error, code, name)) {
      evalModule(code, print);
      return;
    }
    throw error;
  }
  if (print) console.log(result);
}

function evalModule(code, print) {
  if (print) throw new ERR_EVAL_ESM_CANNOT_PRINT();
  require('internal/modules/esm/entry').runText(code);
}

module.exports = { evalScript };
