'use strict';

// What a module sees of another one that is still running: its unfinished
// exports, which warn when something is read that is not there yet.

const warning = new Proxy({}, {
  __proto__: null,
  get(target, property) {
    if (property in target || property === '__esModule') return target[property];
    warn(property);
    return undefined;
  },
  getOwnPropertyDescriptor(target, property) {
    if (Object.hasOwn(target, property) || property === '__esModule') {
      return Reflect.getOwnPropertyDescriptor(target, property);
    }
    warn(property);
    return undefined;
  },
});

function warn(property) {
  process.emitWarning(`Accessing non-existent property '${String(property)}' of module exports inside circular dependency`);
}

function isPlain(exports) {
  return typeof exports === 'object' && exports !== null && !core.isProxy(exports) &&
    Object.getPrototypeOf(exports) === Object.prototype;
}

function exportsForCircularRequire(module) {
  const { exports } = module;
  // A transpiled ES module sets this first and is used to cycles.
  if (isPlain(exports) && !exports.__esModule) Object.setPrototypeOf(exports, warning);
  return exports;
}

// Once the module has run, its exports are an ordinary object again.
function endCircularRequire(module) {
  const { exports } = module;
  if (typeof exports === 'object' && exports !== null && !core.isProxy(exports) &&
      Object.getPrototypeOf(exports) === warning) {
    Object.setPrototypeOf(exports, Object.prototype);
  }
}

module.exports = { endCircularRequire, exportsForCircularRequire };
