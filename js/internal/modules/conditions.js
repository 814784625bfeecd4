'use strict';

// The conditions of package.json "exports" and "imports" that hold here. Node's
// 'node-addons' is not among them: addons cannot be loaded, and a package that
// asks has something else to offer.

const { getOptionList } = require('internal/options');

let forRequire;
let forImport;

function conditionsFor(kind) {
  // Not `new Set(list)`, which asks for Array's iterator: a program may have deleted it.
  const conditions = new Set();
  conditions.add('node').add(kind).add('module-sync');
  getOptionList('conditions').forEach((condition) => conditions.add(condition));
  return conditions;
}

function requireConditions() {
  forRequire ??= conditionsFor('require');
  return forRequire;
}

function importConditions() {
  forImport ??= conditionsFor('import');
  return forImport;
}

module.exports = { importConditions, requireConditions };
