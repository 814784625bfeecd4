'use strict';
// fs.glob: walks directories along shell patterns. What a pattern is, is internal/path/glob.js's business; how the walk is carried out (at
// once, with a callback, as an async iterator), coroutine.js's.

const path = require('path');
const { GLOBSTAR, compileGlob } = require('internal/path/glob');
const { validateFunction, validateObject, validateString, validateStringArray } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { stepLater, stepNow } = require('internal/fs/coroutine');
const { Dirent, kindOfMode } = require('internal/fs/dirent');
const { readKinds } = require('internal/fs/directories');
const operations = require('internal/fs/operations');
const { getPath } = require('internal/fs/validate');
const { UV_DIRENT_DIR, UV_DIRENT_LINK, UV_DIRENT_UNKNOWN } = require('internal/fs/constants');

const kNone = Object.freeze([]);

class Walker {
  #cwd;
  #alternatives;
  #isExcluded;
  #withFileTypes;
  // Entries of directories by path, and links that lead to directories.
  #entries = new Map();
  #found = new Set();

  constructor(pattern, options) {
    this.#withFileTypes = Boolean(options.withFileTypes);
    this.#cwd = options.cwd === undefined ? process.cwd() : path.resolve(`${getPath(options.cwd, 'options.cwd')}`);
    this.#isExcluded = makeExclusion(options.exclude, this.#cwd, this.#withFileTypes);
    this.#alternatives = [pattern].flat().flatMap((one) => (one === '' ? [] : compileGlob(one).alternatives));
  }

  // Yields steps for a driver, and what it finds as { found }.
  * walk() {
    for (const matchers of this.#alternatives) {
      yield* this.#follow('', matchers, 0, new Set());
    }
  }

  #full(file) {
    return path.resolve(this.#cwd, file);
  }

  // [name, kind] of all entries; none for what cannot be read.
  * #read(dir) {
    const full = this.#full(dir);
    let list = this.#entries.get(full);
    if (list === undefined) {
      try {
        const [names, kinds] = yield [readKinds, full];
        list = names.map((name, i) => [name, kinds[i]]);
      } catch {
        list = kNone;
      }
      this.#entries.set(full, list);
    }
    return list;
  }

  // The kind of a file that was not found in a directory, or undefined where there is none.
  * #kindOf(file, follow) {
    try {
      const stats = yield [follow ? operations.stat : operations.lstat, this.#full(file)];
      return kindOfMode(stats.mode);
    } catch {
      return undefined;
    }
  }

  * #isDirectory(file, kind) {
    if (kind === UV_DIRENT_DIR) return true;
    if (kind !== undefined && kind !== UV_DIRENT_LINK && kind !== UV_DIRENT_UNKNOWN) return false;
    return (yield* this.#kindOf(file, true)) === UV_DIRENT_DIR;
  }

  * #emit(file, kind) {
    const name = file === '' ? '.' : file;
    if (this.#found.has(name)) return;
    this.#found.add(name);
    if (!this.#withFileTypes) {
      yield { found: name };
      return;
    }
    kind ??= yield* this.#kindOf(file, false);
    if (kind === undefined) return;
    const full = this.#full(file);
    yield { found: new Dirent(path.basename(full), kind, path.dirname(full)) };
  }

  // `dir` has matched everything before `at`. `seen` are the places where this pattern has been.
  * #follow(dir, matchers, at, seen) {
    const place = `${at}:${dir}`;
    if (seen.has(place)) return;
    seen.add(place);
    const matcher = matchers[at];
    const isLast = at === matchers.length - 1;
    if (matcher === GLOBSTAR) yield* this.#followGlobstar(dir, matchers, at, seen);
    else if (matcher === '' && at === 0 && !isLast) yield* this.#follow('/', matchers, 1, seen);
    else if (matcher === '' || matcher === '.' || matcher === '..') yield* this.#followDots(dir, matchers, at, seen);
    else if (typeof matcher === 'string') yield* this.#followName(dir, matchers, at, seen);
    else yield* this.#followPattern(dir, matchers, at, seen);
  }

  // A slash at the end, '.' and '..' stand for directories only.
  * #followDots(dir, matchers, at, seen) {
    if (dir !== '' && !(yield* this.#isDirectory(dir))) return;
    const next = matchers[at] === '..' ? path.join(dir, '..') : dir;
    if (at === matchers.length - 1) yield* this.#emit(next === '.' ? '' : next);
    else yield* this.#follow(next === '.' ? '' : next, matchers, at + 1, seen);
  }

  * #followName(dir, matchers, at, seen) {
    const child = path.join(dir, matchers[at]);
    const kind = yield* this.#kindOf(child, false);
    if (kind === undefined || this.#isExcluded(child, child, kind)) return;
    if (at === matchers.length - 1) yield* this.#emit(child, kind);
    else if (yield* this.#isDirectory(child, kind)) yield* this.#follow(child, matchers, at + 1, seen);
  }

  * #followPattern(dir, matchers, at, seen) {
    for (const [name, kind] of yield* this.#read(dir)) {
      if (!matchers[at].test(name)) continue;
      const child = path.join(dir, name);
      if (this.#isExcluded(child, name, kind)) continue;
      if (at === matchers.length - 1) yield* this.#emit(child, kind);
      else if (yield* this.#isDirectory(child, kind)) yield* this.#follow(child, matchers, at + 1, seen);
    }
  }

  // '**': this directory, and all below it that are not hidden. It does not go on behind a link; what comes next in the pattern may, unless the
  // pattern begins with the '**'.
  * #followGlobstar(dir, matchers, at, seen) {
    const isLast = at === matchers.length - 1;
    if (isLast) yield* this.#emit(dir);
    else yield* this.#follow(dir, matchers, at + 1, seen);
    for (const [name, kind] of yield* this.#read(dir)) {
      if (name.startsWith('.')) continue;
      const child = path.join(dir, name);
      if (this.#isExcluded(child, name, kind)) continue;
      if (kind === UV_DIRENT_DIR) {
        yield* this.#follow(child, matchers, at, seen);
      } else if (isLast) {
        yield* this.#emit(child, kind);
      } else if (at > 0 && kind === UV_DIRENT_LINK && (yield* this.#isDirectory(child, kind))) {
        yield* this.#follow(child, matchers, at + 1, seen);
      }
    }
  }
}

// A function of (path, name, kind) that says whether to leave it out, with everything below it.
function makeExclusion(exclude, cwd, withFileTypes) {
  if (exclude === undefined || exclude === null) return () => false;
  if (typeof exclude === 'function') {
    if (!withFileTypes) return (file, name) => Boolean(exclude(name));
    return (file, name, kind) => {
      const full = path.resolve(cwd, file);
      return Boolean(exclude(new Dirent(path.basename(full), kind, path.dirname(full))));
    };
  }
  const globs = exclude.flatMap(exclusionsOf);
  return (file) => globs.some((glob) => glob.test(file));
}

// Paths are tested without a './' in front, and what is left out below a directory is the directory too.
function exclusionsOf(pattern) {
  const bare = pattern.replace(/^(?:\.\/+)+/, '');
  const globs = [compileGlob(bare)];
  if (bare.endsWith('/**')) globs.push(compileGlob(bare.slice(0, -3)));
  return globs;
}

function makeWalk(pattern, options = { __proto__: null }) {
  if (Array.isArray(pattern)) validateStringArray(pattern, 'patterns');
  else validateString(pattern, 'patterns');
  validateObject(options, 'options');
  const { exclude } = options;
  if (exclude !== undefined && exclude !== null) {
    if (Array.isArray(exclude)) validateStringArray(exclude, 'options.exclude');
    else if (typeof exclude !== 'function') throw new ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
  }
  return new Walker(pattern, options).walk();
}

function globSync(pattern, options) {
  const work = makeWalk(pattern, options);
  const found = [];
  for (let state = work.next(); !state.done;) {
    const { value } = state;
    if (value.found !== undefined) {
      found.push(value.found);
      state = work.next();
      continue;
    }
    let result;
    try {
      result = stepNow(value);
    } catch (err) {
      state = work.throw(err);
      continue;
    }
    state = work.next(result);
  }
  return found;
}

async function* globLater(pattern, options) {
  const work = makeWalk(pattern, options);
  for (let state = work.next(); !state.done;) {
    const { value } = state;
    if (value.found !== undefined) {
      yield value.found;
      state = work.next();
      continue;
    }
    let result;
    try {
      result = await stepLater(value);
    } catch (err) {
      state = work.throw(err);
      continue;
    }
    state = work.next(result);
  }
}

async function collect(iterator) {
  const found = [];
  for await (const file of iterator) found.push(file);
  return found;
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  collect(globLater(pattern, options)).then((found) => process.nextTick(callback, null, found),
    (err) => process.nextTick(callback, err));
}

module.exports = { glob, globLater, globSync };
