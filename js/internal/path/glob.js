'use strict';
// Shell patterns over paths: what path.matchesGlob() and the fs glob functions
// share. A pattern becomes lists of segment matchers, one list for each brace
// alternative. Backslashes in patterns are separators, never escapes.

const { validateString } = require('internal/validators');
const { expandBraces } = require('internal/path/glob_braces');
const { compileSegment, GLOBSTAR } = require('internal/path/glob_segment');

const MAX_PATTERN_LENGTH = 64 * 1024;

// '.' and 'x/..' in the middle of a path say nothing; neither do empty segments there.
function simplify(parts) {
  const out = [parts[0]];
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i];
    const last = i === parts.length - 1;
    if (part === '.' || part === '') {
      if (last) {
        if (part === '') out.push('');
        else if (out.length > 1 || out[0] !== '') out.push(part);
      }
      continue;
    }
    const previous = out[out.length - 1];
    if (part === '..' && out.length > 1 && previous !== '' && previous !== '.' && previous !== '..' &&
        previous !== '**') {
      out.pop();
      continue;
    }
    out.push(part);
  }
  return out;
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
