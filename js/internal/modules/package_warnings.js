'use strict';

// The deprecation warnings of package resolution, each printed once for a package.

const shownSegments = new Set();
const shownSlashes = new Set();

function warnAboutSegments(target, request, match, context, isTarget) {
  const { pack, base, internal } = context;
  const key = `${pack.path}|${match}`;
  if (shownSegments.has(key)) return;
  shownSegments.add(key);
  const double = /[\\/][\\/]/.test(isTarget ? target : request);
  process.emitWarning(
    `Use of deprecated ${double ? 'double slash' : 'leading or trailing slash matching'} resolving "${target}" for module ` +
    `request "${request}" ${request === match ? '' : `matched to "${match}" `}in the "${internal ? 'imports' : 'exports'}" ` +
    `field module resolution of the package at ${pack.path}${base ? ` imported from ${base}` : ''}.`,
    'DeprecationWarning', 'DEP0166');
}

function warnAboutTrailingSlash(match, context) {
  const { pack, base } = context;
  if (shownSlashes.has(pack.path)) return;
  shownSlashes.add(pack.path);
  process.emitWarning(
    `Use of deprecated trailing slash pattern mapping "${match}" in the "exports" field module resolution of the package at ` +
    `${pack.path}${base ? ` imported from ${base}` : ''}. Mapping specifiers ending in "/" is no longer supported.`,
    'DeprecationWarning', 'DEP0155');
}

module.exports = { warnAboutSegments, warnAboutTrailingSlash };
