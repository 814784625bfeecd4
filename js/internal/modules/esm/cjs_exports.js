'use strict';

// The names that `import { name }` finds in a CommonJS module, those of the
// modules that it re-exports included.

const { readTextIfThere } = require('internal/modules/files');
const { Module } = require('internal/modules/cjs/module');
const path = require('path');

// Path of a file to the set of its names.
const known = new Map();

function exportNamesOf(file, text) {
  const before = known.get(file);
  if (before !== undefined) return before;
  const names = new Set();
  known.set(file, names);
  const [own, reexports] = ops.op_runtime_cjs_exports(text);
  for (const name of own) names.add(name);
  for (const specifier of reexports) {
    for (const name of namesBehind(specifier, file)) {
      if (name !== 'default') names.add(name);
    }
  }
  return names;
}

function namesBehind(specifier, from) {
  const parent = new Module(from);
  parent.filename = from;
  parent.paths = Module._nodeModulePaths(path.dirname(from));
  let file;
  try {
    file = Module._resolveFilename(specifier, parent, false);
  } catch {
    // Running the module will say what is wrong.
    return [];
  }
  if (!file.startsWith('/') || /\.(?:json|node|mjs|wasm)$/.test(file)) return [];
  const text = readTextIfThere(file);
  return text === undefined ? [] : exportNamesOf(file, text);
}

module.exports = { exportNamesOf };
