'use strict';

// From the text of a CommonJS module to the function that runs it.

const { codes: { ERR_REQUIRE_ESM } } = require('internal/errors');
const { getOption } = require('internal/options');
const { findPackageScope } = require('internal/modules/package_json');
const { markAsEsm } = require('internal/modules/cjs/circular');
const { parents } = require('internal/modules/cjs/parents');
const { isEsmSyntaxError } = require('internal/modules/esm_syntax');
const sourceMaps = require('internal/source_map/support');

const WRAPPER = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

let Module;
let isPatched = false;
let wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];
let wrapper = new Proxy(WRAPPER, {
  __proto__: null,
  set(target, property, value, receiver) {
    isPatched = true;
    return Reflect.set(target, property, value, receiver);
  },
  defineProperty(target, property, descriptor) {
    isPatched = true;
    return Reflect.defineProperty(target, property, descriptor);
  },
});

// Programs that replace Module.wrap or Module.wrapper get their modules compiled through them.
function installWrapper(target) {
  Module = target;
  Object.defineProperties(Module, {
    wrap: {
      __proto__: null,
      get: () => wrap,
      set(value) {
        isPatched = true;
        wrap = value;
      },
    },
    wrapper: {
      __proto__: null,
      get: () => wrapper,
      set(value) {
        isPatched = true;
        wrapper = value;
      },
    },
  });
}

// The function of a CommonJS module; undefined when the text is an ES module, which has then run already.
function compile(module, content, filename, format) {
  if (format === 'module') {
    requireEsm(module, filename, content);
    return undefined;
  }
  if (sourceMaps.isEnabled()) sourceMaps.remember(filename, content, false);
  if (isPatched) return ops.op_runtime_script_run(Module.wrap(content), filename);
  try {
    return ops.op_runtime_module_compile(content, filename);
  } catch (error) {
    if (mayBeEsm(filename, format) && isEsmSyntaxError(error, content, filename)) {
      requireEsm(module, filename, content);
      return undefined;
    }
    if (!canRequireEsm()) throw error;
    if (isEsmSyntaxError(error, content, filename)) noteEsmSyntax(filename);
    throw error;
  }
}

// Before the error itself, which tells of a syntax only.
function noteEsmSyntax(filename) {
  const { emitWarningNow } = require('internal/process/warning');
  emitWarningNow(
    `Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest package.json file ` +
    'or use the .mjs extension.');
}

function canRequireEsm() {
  return getOption('experimental-require-module') !== 'false' && getOption('require-module') !== 'false';
}

// Whether text that turns out to be an ES module, though nobody has said so, is taken for one.
function mayBeEsm(filename, format) {
  return format !== 'commonjs' && !filename.endsWith('.cjs') && getOption('experimental-detect-module') !== 'false' &&
    getOption('detect-module') !== 'false' && canRequireEsm();
}

function hasEsmSyntax(content, filename) {
  try {
    ops.op_runtime_module_compile(content, filename);
    return false;
  } catch (error) {
    return isEsmSyntaxError(error, content, filename);
  }
}

// The exports of an ES module are its namespace. One with a default export looks
// as if a compiler had made CommonJS of it; one that exports the name
// 'module.exports' says itself what require gets.
function requireEsm(module, filename, content) {
  if (!canRequireEsm()) {
    const parentPath = parents.get(module)?.filename;
    const pack = filename.endsWith('.js') ? findPackageScope(filename) : null;
    throw new ERR_REQUIRE_ESM(filename, hasEsmSyntax(content, filename), parentPath, pack?.type === 'module' ? pack.path : null);
  }
  if (process.mainModule === module) {
    // The program itself: it may await, and there is nobody to give exports to.
    process.mainModule = undefined;
    require('internal/modules/esm/entry').runFile(filename);
    return;
  }
  markAsEsm(module);
  const { urlOf } = require('internal/modules/file_urls');
  const { requireModule, withEsModuleMark } = require('internal/modules/esm/loader');
  const job = requireModule(urlOf(filename), filename, parents.get(module));
  const namespace = job.namespace();
  if (Object.hasOwn(namespace, 'module.exports')) module.exports = namespace['module.exports'];
  else if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) module.exports = namespace;
  else module.exports = withEsModuleMark(job);
}

module.exports = { compile, installWrapper };
