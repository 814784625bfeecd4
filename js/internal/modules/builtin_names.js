'use strict';

// Which names require and import take for built-ins, for module.builtinModules and module.isBuiltin.

const builtins = require('internal/bootstrap/builtins');

let names;

// Those that need their prefix are listed with it.
function listBuiltins() {
  if (names === undefined) {
    names = builtins.publicIds().map((id) => (builtins.normalize(id) === undefined ? `node:${id}` : id)).sort();
    Object.freeze(names);
  }
  return names;
}

function isBuiltin(name) {
  return typeof name === 'string' && builtins.normalize(name) !== undefined;
}

module.exports = { isBuiltin, listBuiltins };
