'use strict';
// path.win32: both separators, drives, UNC shares, device paths and reserved
// device names. internal/path/win32_root finds where a path's root ends;
// patterns live in internal/path/glob.

const { validateString } = require('internal/validators');
const { collapse, extensionOf, format, withoutSuffix } = require('internal/path/common');
const { matchesGlob } = require('internal/path/glob');
const { isDriveLetter, isReservedName, isSeparator, splitRoot } = require('internal/path/win32_root');

const COLON = 58;

const endsWithSeparator = (path) => isSeparator(path.charCodeAt(path.length - 1));
const tailOf = (path, keepAbove) => collapse(path.replaceAll('/', '\\'), '\\', keepAbove);

// Windows keeps a current directory per drive, in variables such as '=C:'.
function currentDirectory(drive) {
  if (drive === '') return process.cwd();
  const path = process.env[`=${drive}`] || process.cwd();
  const foreign = path === undefined ||
    (path.slice(0, 2).toLowerCase() !== drive.toLowerCase() && path.charCodeAt(2) === 92);
  return foreign ? `${drive}\\` : path;
}

function resolve(...paths) {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= -1; i--) {
    let path;
    if (i >= 0) {
      path = paths[i];
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
    } else {
      path = currentDirectory(device);
    }
    const root = splitRoot(path);
    if (root.device !== '') {
      if (device === '') device = root.device;
      else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
    }
    if (!absolute) {
      tail = `${path.slice(root.end)}\\${tail}`;
      absolute = root.absolute;
    }
    if (absolute && device !== '') break;
  }
  tail = tailOf(tail, !absolute);
  return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
}

// A relative path must not turn into one with a drive, a stream or a device name by normalizing.
function wouldGainColonMeaning(path, tail) {
  if (tail.length >= 2 && isDriveLetter(tail.charCodeAt(0)) && tail.charCodeAt(1) === COLON) return true;
  for (let colon = path.indexOf(':'); colon !== -1; colon = path.indexOf(':', colon + 1)) {
    if (colon === path.length - 1 || isSeparator(path.charCodeAt(colon + 1))) return true;
  }
  return false;
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  if (path.length === 1) return path === '/' ? '\\' : path;
  const { device, absolute, end, shareEnd } = splitRoot(path, true);
  if (end === shareEnd && end === path.length) return `${device}\\`;
  let tail = end < path.length ? tailOf(path.slice(end), !absolute) : '';
  if (tail === '' && !absolute) tail = '.';
  if (tail !== '' && endsWithSeparator(path)) tail += '\\';
  if (!absolute && device === '' && wouldGainColonMeaning(path, tail)) return `.\\${tail}`;
  if (isReservedName(path.slice(0, path.indexOf(':')))) return `.\\${device}${tail}`;
  return absolute ? `${device}\\${tail}` : `${device}${tail}`;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return isSeparator(path.charCodeAt(0)) ||
    (path.length > 2 && isDriveLetter(path.charCodeAt(0)) && path.charCodeAt(1) === COLON &&
     isSeparator(path.charCodeAt(2)));
}

function countLeadingSeparators(path) {
  let count = 0;
  while (isSeparator(path.charCodeAt(count))) count++;
  return count;
}

function join(...paths) {
  let joined;
  let first;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    validateString(path, 'path');
    if (path.length === 0) continue;
    if (joined === undefined) joined = first = path;
    else joined += `\\${path}`;
  }
  if (joined === undefined) return '.';

  // Only a first part that begins with exactly two separators, with more behind
  // them, is meant as a UNC path; otherwise joining must not make one.
  const leading = countLeadingSeparators(first);
  if (leading !== 2 || first.length === 2) {
    const count = countLeadingSeparators(joined);
    if (count >= 2) joined = `\\${joined.slice(count)}`;
  }

  // '..' behind a device name is not a step up: such a path is left alone.
  for (const part of joined.split('\\')) {
    const colon = part.indexOf(':');
    if (colon !== -1 && isReservedName(part.slice(0, colon))) return joined.replaceAll('/', '\\');
  }
  return normalize(joined);
}

const trimBackslashes = (path) => path.replace(/^\\+|\\+$/g, '');
const isUnc = (path) => path.startsWith('\\\\');

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const fromResolved = resolve(from);
  const toResolved = resolve(to);
  if (fromResolved === toResolved) return '';
  if (fromResolved.toLowerCase() === toResolved.toLowerCase()) return '';
  const fromTrimmed = trimBackslashes(fromResolved);
  const toTrimmed = trimBackslashes(toResolved);
  const fromSegments = fromTrimmed === '' ? [] : fromTrimmed.split('\\');
  const toSegments = toTrimmed === '' ? [] : toTrimmed.split('\\');
  let common = 0;
  while (common < fromSegments.length && common < toSegments.length &&
         fromSegments[common].toLowerCase() === toSegments[common].toLowerCase()) {
    common++;
  }
  // Nothing leads from one drive or server to another.
  if (common === 0 && fromSegments.length > 0 && toSegments.length > 0) return toResolved;
  const steps = fromSegments.slice(common).fill('..');
  return [...steps, ...toSegments.slice(common)].join('\\');
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (isUnc(resolved)) {
    const mark = resolved[2];
    if (mark !== '?' && mark !== '.') return `\\\\?\\UNC\\${resolved.slice(2)}`;
  } else if (isDriveLetter(resolved.charCodeAt(0)) && resolved.charCodeAt(1) === COLON &&
             resolved[2] === '\\') {
    return `\\\\?\\${resolved}`;
  }
  return resolved;
}

// The last segment after the root, trailing separators aside.
function locateBase(path, rootEnd) {
  let end = path.length;
  while (end > rootEnd && isSeparator(path.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > rootEnd && !isSeparator(path.charCodeAt(start - 1))) start--;
  return { start, end };
}

function dirname(path) {
  validateString(path, 'path');
  const length = path.length;
  if (length === 0) return '.';
  if (length === 1) return isSeparator(path.charCodeAt(0)) ? path : '.';
  const { end: rootEnd, shareEnd } = splitRoot(path);
  if (shareEnd === length) return path;
  // The separator behind a share belongs to the root here.
  const root = shareEnd > 0 ? shareEnd + 1 : rootEnd;
  const { start, end } = locateBase(path, root);
  if (end > root && start > root) return path.slice(0, start - 1);
  return root === 0 ? '.' : path.slice(0, root);
}

const driveEnd = (path) =>
  (path.length >= 2 && isDriveLetter(path.charCodeAt(0)) && path.charCodeAt(1) === COLON ? 2 : 0);

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const { start, end } = locateBase(path, driveEnd(path));
  return suffix ? withoutSuffix(path, start, end, suffix) : path.slice(start, end);
}

function extname(path) {
  validateString(path, 'path');
  const { start, end } = locateBase(path, driveEnd(path));
  return extensionOf(path.slice(start, end));
}

function parse(path) {
  validateString(path, 'path');
  const parsed = { root: '', dir: '', base: '', ext: '', name: '' };
  const length = path.length;
  if (length === 0) return parsed;
  const { end, shareEnd } = splitRoot(path);
  let root = end;
  if (shareEnd > 0) root = Math.min(shareEnd + 1, length);
  if (root > 0) parsed.root = path.slice(0, root);
  if (root === length) {
    parsed.dir = path;
    return parsed;
  }
  const base = locateBase(path, root);
  parsed.base = path.slice(base.start, base.end);
  parsed.ext = extensionOf(parsed.base);
  parsed.name = parsed.ext === '' ? parsed.base : parsed.base.slice(0, -parsed.ext.length);
  parsed.dir = base.start > root ? path.slice(0, base.start - 1) : parsed.root;
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
  format: format.bind(null, '\\'),
  parse,
  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, true);
  },
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};
