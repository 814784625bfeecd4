'use strict';

// CommonJS with module.registerHooks(): where a request leads and what a file holds, asked of the hooks.

const builtins = require('internal/bootstrap/builtins');
const { plain } = require('internal/modules/cjs/extensions');
const { Module, registeredExtension } = require('internal/modules/cjs/module');
const { requireConditions } = require('internal/modules/conditions');
const { formatIfKnown } = require('internal/modules/esm/formats');
const { pathOf, urlOf } = require('internal/modules/file_urls');
const { readText } = require('internal/modules/files');
const { loadWithHooks, resolveWithHooks, textOf } = require('internal/modules/hooks');
const { fileURLToPath, pathToFileURL } = require('url');
const path = require('path');

// What a resolve hook has said of a file, by its name.
const formats = new Map();

// The name that stands for `request` in Module._cache, or 'node:ID'.
function resolveHooked(request, parent, isMain) {
  const parentURL = parent?.filename ? urlOf(parent.filename) : undefined;
  const { url, format } = resolveWithHooks(request, parentURL, requireConditions(), null, (specifier, context) => {
    const found = Module._resolveFilename(pathOf(specifier), parent, isMain, { conditions: new Set(context.conditions) });
    const id = builtins.normalize(found);
    if (id !== undefined) return { __proto__: null, url: `node:${id}`, format: 'builtin' };
    const itsUrl = pathToFileURL(found).href;
    return { __proto__: null, url: itsUrl, format: formatIfKnown(itsUrl) };
  });
  const name = pathOf(url);
  if (format) formats.set(name, format);
  return name;
}

// { format, source } of a file or a built-in.
function ask(url, format) {
  return loadWithHooks(url, format, requireConditions(), null, (another, context) => {
    if (another.startsWith('node:')) return { __proto__: null, format: 'builtin', source: null };
    return { __proto__: null, format: context.format, source: readText(fileURLToPath(another)) };
  });
}

// Fills `module` with what the hooks have made of it.
function fill(module, name, { format, source }) {
  if (format === 'builtin') {
    module.exports = builtins.requireBuiltin(builtins.normalize(urlOf(name)));
  } else if (format === 'json') {
    module.exports = JSON.parse(textOf(source));
  } else if (format === 'addon' || source === undefined || source === null) {
    plain[registeredExtension(name)](module, name);
  } else {
    module._compile(textOf(source), name, format ?? undefined);
  }
}

function loadHooked(module, name) {
  const url = urlOf(name);
  fill(module, name, ask(url, formats.get(name) ?? formatIfKnown(url)));
}

// A built-in, or what the hooks have put in its place.
function requireHookedBuiltin(id) {
  const url = `node:${id}`;
  const loaded = ask(url, 'builtin');
  if (loaded.format === 'builtin') return builtins.requireBuiltin(id);
  const module = new Module(url);
  module.filename = url;
  fill(module, url, loaded);
  module.loaded = true;
  return module.exports;
}

// The exports of a CommonJS module that import has loaded.
function loadImported(name, text, isMain) {
  const module = new Module(name);
  if (isMain) {
    process.mainModule = module;
    module.id = '.';
  }
  module.filename = name;
  module.paths = Module._nodeModulePaths(path.dirname(name));
  Module._cache[name] = module;
  let threw = true;
  try {
    module._compile(text, name, 'commonjs');
    threw = false;
  } finally {
    if (threw) delete Module._cache[name];
  }
  module.loaded = true;
  return module.exports;
}

module.exports = { loadHooked, loadImported, requireHookedBuiltin, resolveHooked };
