'use strict';

// The conditions of package.json "exports" and "imports" that hold here. Node's
// 'node-addons' is not among them: addons cannot be loaded, and a package that
// asks has something else to offer.

const { getOptionList } = require('internal/options');

let forRequire;
let forImport;

function requireConditions() {
  forRequire ??= new Set(['node', 'require', 'module-sync'].concat(getOptionList('conditions')));
  return forRequire;
}

function importConditions() {
  forImport ??= new Set(['node', 'import', 'module-sync'].concat(getOptionList('conditions')));
  return forImport;
}

module.exports = { importConditions, requireConditions };
