'use strict';

// From text to a module record: ES modules as they are, and a synthetic module
// around everything else.

const builtins = require('internal/bootstrap/builtins');
const { exportNamesOf } = require('internal/modules/esm/cjs_exports');
const { Module } = require('internal/modules/cjs/module');
const { exportsAtLoad } = require('internal/modules/cjs/exports_at_load');
const sourceMaps = require('internal/source_map/support');
const { pathOf } = require('internal/modules/file_urls');
const { fileURLToPath } = require('url');


// The exports of a synthetic module: 'default', and what `names` says.
function synthetic(url, names, fill) {
  const record = ops.op_runtime_esm_vm_synthetic(url, names, () => fill(record), undefined);
  return record;
}

function makeEsmRecord(url, text, host, importId = 0) {
  if (sourceMaps.isEnabled()) sourceMaps.remember(url, text, true);
  return ops.op_runtime_esm_compile(text, url, host, importId, 0, 0);
}

function makeJsonRecord(url, text) {
  const file = url.startsWith('file:') ? fileURLToPath(url) : undefined;
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    error.message = `${file ?? url}: ${error.message}`;
    throw error;
  }
  return synthetic(url, ['default'], (record) => {
    // Whoever has required the file before has the same object.
    const known = file === undefined ? undefined : Module._cache[file];
    ops.op_runtime_esm_set_export(record, 'default', known?.loaded ? known.exports : parsed);
  });
}

// A getter that throws leaves its export undefined.
function read(exports, name) {
  try {
    return exports[name];
  } catch {
    return undefined;
  }
}

// --- CommonJS

// `isGiven`: the text is a hook's, and not the file's.
function makeCommonJsRecord(url, text, isMain, isGiven) {
  const file = pathOf(url);
  const names = exportNamesOf(file, text);
  names.add('default');
  names.add('module.exports');
  return synthetic(url, [...names], (record) => {
    const known = Module._cache[file];
    let exports;
    if (known !== undefined) exports = exportsAtLoad(known);
    else if (isGiven) exports = require('internal/modules/cjs/hooked').loadImported(file, text, isMain);
    else exports = Module._load(file, undefined, isMain);
    for (const name of names) {
      if (name === 'default' || name === 'module.exports') continue;
      const usable = exports !== null && exports !== undefined && Object.hasOwn(Object(exports), name);
      ops.op_runtime_esm_set_export(record, name, usable ? read(exports, name) : undefined);
    }
    ops.op_runtime_esm_set_export(record, 'default', exports);
    ops.op_runtime_esm_set_export(record, 'module.exports', exports);
  });
}

// --- built-ins

// Those that have been imported, with the values that importers see.
const importedBuiltins = [];

function makeBuiltinRecord(url) {
  const exports = builtins.requireBuiltin(url.slice('node:'.length));
  const names = new Set(Object.keys(exports));
  names.delete('default');
  const values = new Map();
  const record = synthetic(url, ['default', ...names], () => {
    ops.op_runtime_esm_set_export(record, 'default', exports);
    for (const name of names) {
      const value = read(exports, name);
      values.set(name, value);
      ops.op_runtime_esm_set_export(record, name, value);
    }
    importedBuiltins.push({ record, exports, names, values });
  });
  return record;
}

// module.syncBuiltinESMExports
function syncBuiltinExports() {
  for (const { record, exports, names, values } of importedBuiltins) {
    for (const name of names) {
      const value = Object.hasOwn(exports, name) ? read(exports, name) : undefined;
      if (values.get(name) === value && !Object.is(value, undefined)) continue;
      values.set(name, value);
      ops.op_runtime_esm_set_export(record, name, value);
    }
  }
}

function makeRecord(url, { format, text, isGiven }, host, isMain) {
  switch (format) {
    case 'builtin':
      return makeBuiltinRecord(url);
    case 'json':
      return makeJsonRecord(url, text);
    case 'commonjs':
      return makeCommonJsRecord(url, text, isMain, isGiven);
    default:
      return makeEsmRecord(url, text, host);
  }
}

module.exports = { makeEsmRecord, makeRecord, syncBuiltinExports };
