'use strict';

// What a CommonJS module had exported when it was loaded. Importers see that
// even if somebody gives it other exports later.

const kept = new WeakMap();

function keepExports(module) {
  kept.set(module, module.exports);
}

function exportsAtLoad(module) {
  return kept.has(module) ? kept.get(module) : module.exports;
}

module.exports = { exportsAtLoad, keepExports };
