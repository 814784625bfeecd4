'use strict';

// What a module sees of another one that is still running: its unfinished
// exports, which warn when something is read that is not there yet.

const { codes: { ERR_REQUIRE_CYCLE_MODULE } } = require('internal/errors');
const { parents } = require('internal/modules/cjs/parents');

const CYCLE_ADVICE = ' A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript ' +
  'specification. Try making at least part of the dependency in the graph lazily loaded.';

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

// Modules whose text is that of an ES module. Those have no unfinished exports to give.
const esModules = new WeakSet();

function markAsEsm(module) {
  esModules.add(module);
}

function exportsForCircularRequire(module) {
  if (esModules.has(module)) {
    const parent = parents.get(module);
    const from = parent?.filename ? ` (from ${parent.filename})` : '';
    throw new ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${module.filename} in a cycle.${from}${CYCLE_ADVICE}`);
  }
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

module.exports = { CYCLE_ADVICE, endCircularRequire, exportsForCircularRequire, markAsEsm };
