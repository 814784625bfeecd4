'use strict';

// What import.meta has.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { hasOption } = require('internal/options');

// `host` is the module's Job, or a function (meta) of who made the module.
function importMetaOf(host, meta) {
  if (typeof host === 'function') {
    host(meta);
    return;
  }
  if (host === null) return;
  const { url, isMain } = host;
  if (url.startsWith('file:')) {
    const { fileURLToPath } = require('url');
    const filename = fileURLToPath(url);
    meta.dirname = require('path').dirname(filename);
    meta.filename = filename;
  }
  meta.main = isMain;
  meta.resolve = function resolve(specifier, parentURL = url) {
    const base = hasOption('experimental-import-meta-resolve') ? parentURL : url;
    if (typeof specifier !== 'string') specifier = `${specifier}`;
    return resolveFrom(specifier, base);
  };
  meta.url = url;
}

function resolveFrom(specifier, base) {
  if (typeof base !== 'string') {
    if (base === null || typeof base !== 'object' || base.href === undefined) {
      throw new ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], base);
    }
    base = base.href;
  }
  const { resolveSpecifier } = require('internal/modules/esm/loader');
  try {
    return resolveSpecifier(specifier, base);
  } catch (error) {
    // It answers where a file would be, whether or not it is there.
    switch (error?.code) {
      case 'ERR_UNSUPPORTED_DIR_IMPORT':
      case 'ERR_MODULE_NOT_FOUND':
        if (error.url) return error.url;
    }
    throw error;
  }
}

module.exports = { importMetaOf };
