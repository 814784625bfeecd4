'use strict';

// Parts of Node that are not there yet, for modules that exist all the same:
// most programs that require such a module never get to the part, or ask for its
// names only. Using a part is an error that names it.

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');

function absentFunction(module, name) {
  return {
    [name]() {
      throw new ERR_METHOD_NOT_IMPLEMENTED(`${module}.${name}()`);
    },
  }[name];
}

// Can be extended and asked for with instanceof, as programs do while they load.
function absentClass(module, name) {
  function constructor() {
    throw new ERR_METHOD_NOT_IMPLEMENTED(`${module}.${name}()`);
  }
  Object.defineProperty(constructor, 'name', { __proto__: null, value: name });
  return constructor;
}

// The exports of `module` for the names in two lists.
function absent(module, { functions = [], classes = [] }) {
  const exports = {};
  for (const name of functions) exports[name] = absentFunction(module, name);
  for (const name of classes) exports[name] = absentClass(module, name);
  return exports;
}

module.exports = { absent, absentClass };
