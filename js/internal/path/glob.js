'use strict';
// Shell patterns over paths: what path.matchesGlob() and the fs glob functions
// share. A pattern becomes lists of segment matchers, one list for each brace
// alternative. Backslashes in patterns are separators, never escapes.

const { validateString } = require('internal/validators');
const { expandBraces } = require('internal/path/glob_braces');
const { compileSegment, GLOBSTAR } = require('internal/path/glob_segment');

const MAX_PATTERN_LENGTH = 64 * 1024;

// '.' in the middle of a path and 'x/..' anywhere say nothing.
function simplify(parts) {
  const out = [];
  const last = parts.length - 1;
  for (let i = 0; i <= last; i++) {
    const part = parts[i];
    if (part === '.' && i > 0 && i < last) continue;
    if (part === '..' && out.length > 0) {
      const previous = out[out.length - 1];
      if (previous !== '' && previous !== '.' && previous !== '..' && previous !== '**') {
        out.pop();
        continue;
      }
    }
    out.push(part);
  }
  if (out.length === 2 && out[0] === '.' && (out[1] === '.' || out[1] === '')) out.pop();
  return out.length === 0 ? [''] : out;
}

function split(path, windows) {
  const parts = path.split(/\/+/);
  // The second slash of a UNC path is part of it.
  if (windows && /^\/\/[^/]+/.test(path)) parts.unshift('');
  return parts;
}

const isDrive = (part) => typeof part === 'string' && /^[a-zA-Z]:$/.test(part);

function matchSegment(matcher, part) {
  return typeof matcher === 'string' ? matcher === part : matcher.test(part);
}

function matchSegments(matchers, parts, windows) {
  const failed = new Set();
  const width = parts.length + 1;

  function from(m, p) {
    for (; m < matchers.length && p < parts.length; m++, p++) {
      if (matchers[m] === GLOBSTAR) return acrossSegments(m, p);
      if (matchSegment(matchers[m], parts[p])) continue;
      const drives = windows && m === 0 && p === 0 && isDrive(matchers[m]) && isDrive(parts[p]);
      if (!drives || matchers[m].toLowerCase() !== parts[p].toLowerCase()) return false;
    }
    if (p === parts.length) return m === matchers.length;
    // A trailing slash does not make it another path.
    return p === parts.length - 1 && parts[p] === '';
  }

  // '**' takes any number of segments, but does not enter hidden ones.
  function acrossSegments(m, p) {
    const isLast = m === matchers.length - 1;
    for (; p < parts.length; p++) {
      if (!isLast) {
        const key = m * width + p;
        if (failed.has(key)) return false;
        if (from(m + 1, p)) return true;
        failed.add(key);
      }
      if (parts[p].charCodeAt(0) === 46) return false;
    }
    return isLast;
  }

  return from(0, 0);
}

// Returns an object whose test(path) says whether a path matches.
function compileGlob(pattern, options) {
  const windows = options?.windows === true;
  const nocase = options?.nocase === true;
  const dot = options?.dot === true;
  if (pattern.length > MAX_PATTERN_LENGTH) throw new TypeError('pattern is too long');
  const alternatives = expandBraces(pattern.replaceAll('\\', '/')).map((alternative) => {
    const parts = [];
    for (const part of simplify(split(alternative, windows))) {
      if (part !== '**' || parts[parts.length - 1] !== '**') parts.push(part);
    }
    return parts.map((part) => compileSegment(part, nocase, dot));
  });
  return {
    alternatives,
    test(path) {
      if (pattern === '') return path === '';
      const parts = simplify(split(windows ? path.replaceAll('\\', '/') : path, windows));
      return alternatives.some((matchers) => matchSegments(matchers, parts, windows));
    },
  };
}

function matchesGlob(path, pattern, windows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  return compileGlob(pattern, { windows }).test(path);
}

module.exports = { GLOBSTAR, compileGlob, matchSegment, matchesGlob };
