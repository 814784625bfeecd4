'use strict';

// The conditions of package.json "exports" and "imports" that hold here.

const { getOptionList } = require('internal/options');

let forRequire;
let forImport;

function given() {
  return [...getOptionList('conditions'), ...getOptionList('C')];
}

function requireConditions() {
  forRequire ??= new Set(['node', 'require', 'module-sync', ...builtIn(), ...given()]);
  return forRequire;
}

function importConditions() {
  forImport ??= new Set(['node', 'import', 'module-sync', ...builtIn(), ...given()]);
  return forImport;
}

// 'node-addons' is left out: addons cannot be loaded.
function builtIn() {
  return [];
}

module.exports = { importConditions, requireConditions };
