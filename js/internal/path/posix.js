'use strict';
// path.posix: paths with '/' and one root. matchesGlob's patterns live in
// internal/path/glob; node/path assembles the public objects.

const { validateString } = require('internal/validators');
const { collapse, extensionOf, format, withoutSuffix } = require('internal/path/common');
const { matchesGlob } = require('internal/path/glob');

const SLASH = 47;

const isRooted = (path) => path.charCodeAt(0) === SLASH;
const endsWithSlash = (path) => path.charCodeAt(path.length - 1) === SLASH;

// Where a path ends when its trailing slashes are left out; 0 if there is nothing else.
function trimmedEnd(path) {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === SLASH) end--;
  return end;
}

function resolve(...paths) {
  let resolved = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= 0 && !absolute; i--) {
    const path = paths[i];
    validateString(path, `paths[${i}]`);
    if (path.length === 0) continue;
    resolved = resolved === '' ? path : `${path}/${resolved}`;
    absolute = isRooted(path);
  }
  if (!absolute) {
    // A replaced process.cwd() may give a relative path, or none.
    const cwd = process.cwd();
    absolute = isRooted(cwd);
    if (resolved === '' && absolute) return cwd;
    resolved = `${cwd}/${resolved}`;
  }
  const tail = collapse(absolute ? resolved.slice(1) : resolved, '/', !absolute);
  if (absolute) return `/${tail}`;
  return tail === '' ? '.' : tail;
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const absolute = isRooted(path);
  const trailing = endsWithSlash(path);
  let tail = collapse(absolute ? path.slice(1) : path, '/', !absolute);
  if (tail === '') {
    if (absolute) return '/';
    return trailing ? './' : '.';
  }
  if (trailing) tail += '/';
  return absolute ? `/${tail}` : tail;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return isRooted(path);
}

function join(...paths) {
  let joined = '';
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    validateString(path, 'path');
    if (path.length > 0) joined = joined === '' ? path : `${joined}/${path}`;
  }
  return joined === '' ? '.' : normalize(joined);
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  from = resolve(from);
  to = resolve(to);
  if (from === to) return '';
  // The last slash that both have in the same place with the same text before it.
  const shorter = Math.min(from.length, to.length);
  let split = 0;
  let i = 1;
  while (i < shorter && from.charCodeAt(i) === to.charCodeAt(i)) {
    if (from.charCodeAt(i) === SLASH) split = i;
    i++;
  }
  if (i === shorter && (from.charCodeAt(i) === SLASH || to.charCodeAt(i) === SLASH)) split = i;

  const rest = to.slice(split + 1);
  if (from.length <= split + 1) return rest;
  let up = '..';
  for (let at = from.indexOf('/', split + 1); at !== -1; at = from.indexOf('/', at + 1)) up += '/..';
  return rest === '' ? up : `${up}/${rest}`;
}

// Names mean something to the system only on Windows.
function toNamespacedPath(path) {
  return path;
}

function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const end = trimmedEnd(path);
  const slash = end === 0 ? -1 : path.lastIndexOf('/', end - 1);
  if (slash <= 0) return isRooted(path) ? '/' : '.';
  // '//a' has always had '//' here: only one slash is cut off.
  if (slash === 1 && isRooted(path)) return '//';
  return path.slice(0, slash);
}

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const end = trimmedEnd(path);
  const start = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
  return suffix ? withoutSuffix(path, start, end, suffix) : path.slice(start, end);
}

function extname(path) {
  validateString(path, 'path');
  const end = trimmedEnd(path);
  return end === 0 ? '' : extensionOf(path.slice(path.lastIndexOf('/', end - 1) + 1, end));
}

function parse(path) {
  validateString(path, 'path');
  const parsed = { root: '', dir: '', base: '', ext: '', name: '' };
  if (path.length === 0) return parsed;
  const absolute = isRooted(path);
  if (absolute) parsed.root = '/';
  const end = trimmedEnd(path);
  const start = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
  parsed.base = path.slice(start, end);
  parsed.ext = extensionOf(parsed.base);
  parsed.name = parsed.ext === '' ? parsed.base : parsed.base.slice(0, -parsed.ext.length);
  if (start > 1) parsed.dir = path.slice(0, start - 1);
  else if (absolute) parsed.dir = '/';
  return parsed;
}

module.exports = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: format.bind(null, '/'),
  parse,
  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, false);
  },
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};
