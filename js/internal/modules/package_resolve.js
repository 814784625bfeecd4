'use strict';

// What package.json "exports" and "imports" make of a specifier, for require and
// import alike. Folders and bases are paths; answers are file: URLs or, for an
// import that maps to a built-in, a 'node:' name. Whether a file is there is the
// caller's question.

const {
  codes: {
    ERR_INVALID_MODULE_SPECIFIER,
    ERR_INVALID_PACKAGE_CONFIG,
    ERR_INVALID_PACKAGE_TARGET,
    ERR_PACKAGE_IMPORT_NOT_DEFINED,
    ERR_PACKAGE_PATH_NOT_EXPORTED,
  },
} = require('internal/errors');
const { findPackageScope } = require('internal/modules/package_json');
const { warnAboutSegments, warnAboutTrailingSlash } = require('internal/modules/package_warnings');
const { URL, pathToFileURL } = require('internal/modules/urls');

function folderWithSlash(pack) {
  return `${pack.folder}/`;
}

function notExported(context, subpath) {
  return new ERR_PACKAGE_PATH_NOT_EXPORTED(folderWithSlash(context.pack), subpath, context.base);
}

function invalidTarget(context, key, target) {
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  return new ERR_INVALID_PACKAGE_TARGET(folderWithSlash(context.pack), key, shown, context.internal, context.base);
}

function invalidMatch(context, request, match) {
  const field = context.internal ? 'imports' : 'exports';
  const reason = `request is not a valid match in pattern "${match}" for the "${field}" resolution of ${context.pack.path}`;
  return new ERR_INVALID_MODULE_SPECIFIER(request, reason, context.base);
}

const kFine = 0;
const kEmptySegment = 1;
const kForbiddenSegment = 2;

// Segments that would leave the package, however they are written.
function judgeSegments(path) {
  let verdict = kFine;
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '') {
      verdict = kEmptySegment;
      continue;
    }
    let plain = segment.toLowerCase();
    if (plain.includes('%')) {
      plain = plain.replace(/%([0-7][0-9a-f])/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))).toLowerCase();
    }
    if (plain === '.' || plain === '..' || plain === 'node_modules') return kForbiddenSegment;
  }
  return verdict;
}

function resolveTargetString(context, target, subpath, key, isPattern, isPathMap) {
  const { pack, internal } = context;
  if (subpath !== '' && !isPattern && !target.endsWith('/')) throw invalidTarget(context, key, target);

  if (!target.startsWith('./')) {
    if (internal && !target.startsWith('../') && !target.startsWith('/') && !URL.canParse(target)) {
      const specifier = isPattern ? target.replaceAll('*', () => subpath) : target + subpath;
      return context.resolvePackage(specifier, pack.path, context.conditions);
    }
    if (internal && target.startsWith('node:')) {
      return context.resolvePackage(target, pack.path, context.conditions);
    }
    throw invalidTarget(context, key, target);
  }

  const verdict = judgeSegments(target.slice(2));
  if (verdict === kForbiddenSegment) throw invalidTarget(context, key, target);
  if (verdict === kEmptySegment && !isPathMap) {
    const request = isPattern ? key.replace('*', () => subpath) : key + subpath;
    const resolved = isPattern ? target.replaceAll('*', () => subpath) : target;
    warnAboutSegments(resolved, request, key, context, true);
  }

  const folder = pathToFileURL(folderWithSlash(pack));
  const resolved = new URL(target, folder);
  if (!resolved.pathname.startsWith(folder.pathname)) throw invalidTarget(context, key, target);
  if (subpath === '') return resolved.href;

  const subVerdict = judgeSegments(subpath);
  if (subVerdict !== kFine) {
    const request = isPattern ? key.replace('*', () => subpath) : key + subpath;
    if (subVerdict === kForbiddenSegment) throw invalidMatch(context, request, key);
    if (!isPathMap) {
      warnAboutSegments(isPattern ? target.replaceAll('*', () => subpath) : target, request, key, context, false);
    }
  }
  if (isPattern) return new URL(resolved.href.replaceAll('*', () => subpath)).href;
  return new URL(subpath, resolved).href;
}

function isArrayIndex(key) {
  const number = Number(key);
  return String(number) === key && number >= 0 && number < 0xFFFF_FFFF;
}

// undefined: no condition holds; null: the package says that there is nothing.
function resolveTarget(context, target, subpath, key, isPattern, isPathMap) {
  if (typeof target === 'string') return resolveTargetString(context, target, subpath, key, isPattern, isPathMap);
  if (target === null) return null;
  if (Array.isArray(target)) return firstOf(context, target, subpath, key, isPattern, isPathMap);
  if (typeof target !== 'object') throw invalidTarget(context, key, target);

  const names = Object.getOwnPropertyNames(target);
  if (names.some(isArrayIndex)) {
    throw new ERR_INVALID_PACKAGE_CONFIG(context.pack.path, context.base, '"exports" cannot contain numeric property keys.');
  }
  for (const name of names) {
    if (name !== 'default' && !context.conditions.has(name)) continue;
    const resolved = resolveTarget(context, target[name], subpath, key, isPattern, isPathMap);
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}

function firstOf(context, targets, subpath, key, isPattern, isPathMap) {
  if (targets.length === 0) return null;
  let last;
  for (const target of targets) {
    let resolved;
    try {
      resolved = resolveTarget(context, target, subpath, key, isPattern, isPathMap);
    } catch (error) {
      if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
      last = error;
      continue;
    }
    if (resolved === undefined) continue;
    if (resolved === null) {
      last = null;
      continue;
    }
    return resolved;
  }
  if (last === undefined || last === null) return last;
  throw last;
}

// The key with the longer fixed part before its '*' is the better one.
function comparePatterns(a, b) {
  const starA = a.indexOf('*');
  const starB = b.indexOf('*');
  const baseA = starA === -1 ? a.length : starA + 1;
  const baseB = starB === -1 ? b.length : starB + 1;
  if (baseA !== baseB) return baseA > baseB ? -1 : 1;
  if (starA === -1) return 1;
  if (starB === -1) return -1;
  return b.length - a.length;
}

// The best pattern key for `name` with what its '*' stands for, or null.
function matchPattern(table, name, onPrefix) {
  let best = '';
  let matched = '';
  for (const key of Object.keys(table)) {
    const star = key.indexOf('*');
    if (star === -1 || !name.startsWith(key.slice(0, star))) continue;
    if (onPrefix !== undefined) onPrefix(key);
    const trailer = key.slice(star + 1);
    if (name.length >= key.length && name.endsWith(trailer) && (best === '' || comparePatterns(best, key) > 0) &&
        key.lastIndexOf('*') === star) {
      best = key;
      matched = name.slice(star, name.length - trailer.length);
    }
  }
  return best === '' ? null : { key: best, matched };
}

// Whether "exports" is short for { ".": exports }.
function isMainOnly(exports, context) {
  if (typeof exports === 'string' || Array.isArray(exports)) return true;
  if (typeof exports !== 'object' || exports === null) return false;
  const keys = Object.keys(exports);
  const conditions = keys.filter((key) => !key.startsWith('.')).length;
  if (conditions !== 0 && conditions !== keys.length) {
    throw new ERR_INVALID_PACKAGE_CONFIG(
      context.pack.path, context.base,
      '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object of ' +
      'package subpath keys or an object of main entry condition name keys only.');
  }
  return keys.length > 0 && conditions === keys.length;
}

// `subpath` is '.' or './...'; `base` is the path of the file that asks, or undefined.
function resolveExports(pack, subpath, base, conditions, resolvePackage) {
  const context = { pack, base, conditions, internal: false, resolvePackage };
  let table = pack.exports;
  if (isMainOnly(table, context)) table = { '.': table };

  if (Object.hasOwn(table, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    const resolved = resolveTarget(context, table[subpath], '', subpath, false, false);
    if (resolved === undefined || resolved === null) throw notExported(context, subpath);
    return resolved;
  }
  const match = matchPattern(table, subpath, () => {
    if (subpath.endsWith('/')) warnAboutTrailingSlash(subpath, context);
  });
  if (match !== null) {
    const resolved = resolveTarget(context, table[match.key], match.matched, match.key, true, subpath.endsWith('/'));
    if (resolved !== undefined && resolved !== null) return resolved;
  }
  throw notExported(context, subpath);
}

// `name` starts with '#'; `base` is the path of the file that asks.
function resolveImports(name, base, conditions, resolvePackage) {
  if (name === '#' || name.endsWith('/')) {
    throw new ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', base);
  }
  const pack = findPackageScope(base);
  if (pack !== null && pack.imports !== undefined) {
    const context = { pack, base, conditions, internal: true, resolvePackage };
    if (Object.hasOwn(pack.imports, name) && !name.includes('*')) {
      const resolved = resolveTarget(context, pack.imports[name], '', name, false, false);
      if (resolved !== undefined && resolved !== null) return resolved;
    } else {
      const match = matchPattern(pack.imports, name);
      if (match !== null) {
        const resolved = resolveTarget(context, pack.imports[match.key], match.matched, match.key, true, false);
        if (resolved !== undefined && resolved !== null) return resolved;
      }
    }
  }
  throw new ERR_PACKAGE_IMPORT_NOT_DEFINED(name, pack === null ? undefined : folderWithSlash(pack), base);
}

// { name, subpath } of a bare specifier: '@scope/name/x' is '@scope/name' and './x'.
function parsePackageName(specifier, base) {
  let slash = specifier.indexOf('/');
  let valid = true;
  if (specifier[0] === '@') {
    if (slash === -1) valid = false;
    else slash = specifier.indexOf('/', slash + 1);
  }
  const name = slash === -1 ? specifier : specifier.slice(0, slash);
  if (!valid || name === '' || /^\.|[%\\]/.test(name)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', base);
  }
  return { name, subpath: slash === -1 ? '.' : `.${specifier.slice(slash)}` };
}

module.exports = { parsePackageName, resolveExports, resolveImports };
