'use strict';

// From the text of a CommonJS module to the function that runs it.

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

function compile(module, content, filename) {
  if (isPatched) return ops.op_runtime_script_run(Module.wrap(content), filename);
  return ops.op_runtime_module_compile(content, filename);
}

module.exports = { compile, installWrapper };
