'use strict';

// module.findPackageJSON.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { kFile, realpath, stat } = require('internal/modules/files');
const { findPackageScope } = require('internal/modules/package_json');
const { parsePackageName } = require('internal/modules/package_resolve');
const { URL, fileURLToPath, pathToFileURL } = require('internal/modules/urls');
const path = require('path');

function isURL(value) {
  return typeof value === 'object' && value !== null && Boolean(value.href && value.protocol);
}

// A file path of what was given as a path, a URL or the text of one.
function toPath(value) {
  if (isURL(value)) return fileURLToPath(value);
  return value.startsWith('file:') ? fileURLToPath(new URL(value)) : value;
}

function isBare(specifier) {
  return !/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);
}

// The package.json of an installed package: it need not be in "exports".
function findInstalled(specifier, base) {
  const { name } = parsePackageName(specifier, base);
  for (let folder = path.dirname(base); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name, 'package.json');
    if (path.basename(folder) !== 'node_modules' && stat(candidate) === kFile) return realpath(candidate);
    if (folder === path.dirname(folder)) return undefined;
  }
}

// A bare specifier leads to the package of that name, anything else to the
// package that the file is in.
function findPackageJSON(specifier, base = 'data:') {
  if (arguments.length === 0) throw new ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  const isOwn = isURL(specifier);
  if (!isOwn) validateString(specifier, 'specifier');

  let basePath;
  if (base !== 'data:') {
    if (!isURL(base)) validateString(base, 'base');
    basePath = toPath(base);
  }
  if (!isOwn && isBare(specifier)) {
    // Without a base there is nowhere to look from but the root.
    return findInstalled(specifier, basePath ?? '/');
  }
  let file = isOwn || specifier.startsWith('file:') ? toPath(specifier) : specifier;
  if (!path.isAbsolute(file)) {
    if (basePath === undefined) {
      throw new ERR_INVALID_ARG_TYPE('base', ['string', 'URL'], base);
    }
    file = fileURLToPath(new URL(file, pathToFileURL(basePath)));
  }
  try {
    file = file.endsWith('/') ? `${realpath(file)}/` : realpath(file);
  } catch {
    // It need not be there.
  }
  return findPackageScope(file)?.path;
}

module.exports = { findPackageJSON };
