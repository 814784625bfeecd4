'use strict';

// What a URL holds: 'module', 'commonjs', 'json', 'builtin', 'wasm', 'addon'; and
// whether the import attributes of those who import it fit.

const {
  codes: {
    ERR_IMPORT_ATTRIBUTE_MISSING,
    ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE,
    ERR_IMPORT_ATTRIBUTE_UNSUPPORTED,
    ERR_UNKNOWN_FILE_EXTENSION,
    ERR_UNKNOWN_MODULE_FORMAT,
  },
} = require('internal/errors');
const { findPackageScope } = require('internal/modules/package_json');
const { fileURLToPath } = require('url');
const path = require('path');

const byExtension = {
  '__proto__': null,
  '.cjs': 'commonjs',
  '.json': 'json',
  '.mjs': 'module',
  '.node': 'addon',
  '.wasm': 'wasm',
};

const byMediaType = [
  [/^(?:text|application)\/javascript$/i, 'module'],
  [/^application\/json$/i, 'json'],
  [/^application\/wasm$/i, 'wasm'],
];

// undefined: a .js file, or one without extension, of a package that does not say; its text decides.
function formatOf(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (url.startsWith('data:')) {
    const type = /^data:([^,;]*)/.exec(url)[1];
    const known = byMediaType.find(([pattern]) => pattern.test(type));
    if (known === undefined) throw new ERR_UNKNOWN_MODULE_FORMAT(type, url);
    return known[1];
  }
  const file = fileURLToPath(url);
  const extension = path.extname(file);
  if (extension === '.js' || extension === '') {
    const type = findPackageScope(file)?.type ?? 'none';
    return type === 'none' ? undefined : type;
  }
  const format = byExtension[extension];
  if (format === undefined) throw new ERR_UNKNOWN_FILE_EXTENSION(extension, file);
  return format;
}

// The same, and undefined too where it cannot be said: loading the URL says what is wrong.
function formatIfKnown(url) {
  try {
    return formatOf(url);
  } catch {
    return undefined;
  }
}

// What a resolve hook is told: null where the text decides, undefined where nothing is known.
function formatForHooks(url) {
  if (url.startsWith('data:')) return undefined;
  try {
    return formatOf(url) ?? null;
  } catch {
    return undefined;
  }
}

// The type that an import asks for; undefined when it does not. `pairs` is [key, value, ...] or null.
function requestedType(url, pairs) {
  let type;
  for (let i = 0; pairs !== null && i < pairs.length; i += 2) {
    if (pairs[i] !== 'type') throw new ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(pairs[i], pairs[i + 1], url);
    type = pairs[i + 1];
  }
  return type;
}

function validateType(url, format, type) {
  if (type === undefined) {
    if (format === 'json') throw new ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
    return;
  }
  if (type !== 'json') throw new ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  if (format !== 'json') throw new ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type);
}

module.exports = { formatForHooks, formatIfKnown, formatOf, requestedType, validateType };
