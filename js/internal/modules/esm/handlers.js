'use strict';

// V8's two questions about modules: import() and import.meta. They are answered
// for scripts and CommonJS modules too, so they are set before anything runs.

const { importMetaOf } = require('internal/modules/esm/import_meta');

// For code that brings its own importModuleDynamically: the id that its origin
// carries, to the function that is asked.
const importers = new Map();
let nextImporter = 1;

// `importer(specifier, attributes)` returns a namespace or a promise for one.
function registerImporter(importer) {
  const id = nextImporter++;
  importers.set(id, importer);
  return id;
}

function unregisterImporter(id) {
  importers.delete(id);
}

function attributesObject(pairs) {
  const attributes = { __proto__: null };
  for (let i = 0; pairs !== null && i < pairs.length; i += 2) attributes[pairs[i]] = pairs[i + 1];
  return attributes;
}

async function importDynamically(referrer, specifier, pairs, id) {
  const importer = importers.get(id);
  if (importer !== undefined) return importer(specifier, attributesObject(pairs), referrer);
  const { importModule } = require('internal/modules/esm/loader');
  return importModule(specifier, baseOf(referrer), pairs);
}

// A referrer is a URL, a path, or '[eval]'.
function baseOf(referrer) {
  const { pathToFileURL } = require('url');
  if (typeof referrer === 'string') {
    if (referrer.startsWith('/')) return pathToFileURL(referrer).href;
    if (/^(?:file|data|node):/.test(referrer)) return referrer;
  }
  return pathToFileURL(`${process.cwd()}/`).href;
}

function initialize() {
  ops.op_runtime_esm_handlers(importDynamically, importMetaOf);
}

module.exports = { initialize, registerImporter, unregisterImporter };
