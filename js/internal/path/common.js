'use strict';
// What the POSIX and the Windows halves of `path` share: collapsing '.' and
// '..' segments, trimming a suffix from a base name, and format(). Knows
// nothing of roots, drives or the current directory.

const { validateObject } = require('internal/validators');

// A path that needs no collapsing is by far the most common one; finding that
// out is cheaper than splitting and joining it.
function isCollapsed(path, sep) {
  if (path.length === 0 || path.charCodeAt(path.length - 1) === sep.charCodeAt(0)) return false;
  let start = 0;
  for (;;) {
    let end = path.indexOf(sep, start);
    if (end === -1) end = path.length;
    const length = end - start;
    if (length === 0) return false;
    if (length <= 2 && path.charCodeAt(start) === 46 && path.charCodeAt(end - 1) === 46) return false;
    if (end === path.length) return true;
    start = end + 1;
  }
}

// Removes empty, '.' and resolvable '..' segments from the part of a path after
// its root. With `keepAbove`, a '..' that climbs over the beginning stays.
function collapse(path, sep, keepAbove) {
  if (isCollapsed(path, sep)) return path;
  let out = '';
  // Segments of `out` that a '..' takes away.
  let depth = 0;
  let start = 0;
  for (;;) {
    let end = path.indexOf(sep, start);
    if (end === -1) end = path.length;
    const length = end - start;
    const dots = length > 0 && length <= 2 && path.charCodeAt(start) === 46 && path.charCodeAt(end - 1) === 46;
    if (!dots) {
      if (length > 0) {
        const segment = path.slice(start, end);
        out = out === '' ? segment : out + sep + segment;
        depth++;
      }
    } else if (length === 2) {
      if (depth > 0) {
        depth--;
        const cut = out.lastIndexOf(sep);
        out = cut === -1 ? '' : out.slice(0, cut);
      } else if (keepAbove) {
        out = out === '' ? '..' : `${out}${sep}..`;
      }
    }
    if (end === path.length) return out;
    start = end + 1;
  }
}

// `base` is path.slice(start, end): what basename() gives without a suffix.
function withoutSuffix(path, start, end, suffix) {
  const length = end - start;
  if (suffix === path) return '';
  if (suffix.length > path.length) return path.slice(start, end);
  const base = path.slice(start, end);
  if (suffix.length < length) return base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
  // Node keeps trailing separators when the suffix is longer than the base name and ends with it
  // (an empty base name included).
  if (suffix.length > length && suffix.endsWith(base)) return path.slice(start);
  return base;
}

// '.js' of 'a.js'; '' of '.bashrc', 'a' and '..'.
function extensionOf(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

function format(sep, pathObject) {
  validateObject(pathObject, 'pathObject');
  const { root, name, ext } = pathObject;
  const dir = pathObject.dir || root;
  let base = pathObject.base;
  if (!base) {
    base = name || '';
    if (ext) base += ext[0] === '.' ? ext : `.${ext}`;
  }
  if (!dir) return base;
  return dir === root ? `${dir}${base}` : `${dir}${sep}${base}`;
}

module.exports = { collapse, extensionOf, format, withoutSuffix };
