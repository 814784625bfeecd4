'use strict';
// fs.watch: FSWatcher on one path, or on a whole tree of directories (one native watcher for each of them). Watching by stat is in
// stat_watcher.js.

const path = require('path');
const { EventEmitter } = require('events');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { AbortError, UVException, codes: { ERR_FS_WATCH_QUEUE_OVERFLOW, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateInteger, validateObject, validateOneOf,
} = require('internal/validators');
const { validateIgnore, makeIgnoreTest } = require('internal/fs/watch_ignore');
const { wantsBytes } = require('internal/fs/operations');
const { checkEncoding, getPath } = require('internal/fs/validate');
const { S_IFDIR, UV_DIRENT_DIR, UV_DIRENT_UNKNOWN } = require('internal/fs/constants');

const ENOSPC = -28;
const kStart = Symbol('kFSWatchStart');

function watchFailed(errno, filename) {
  const error = new UVException({
    errno,
    syscall: 'watch',
    path: filename,
    message: errno === ENOSPC ? 'System limit for number of file watchers reached' : '',
  });
  error.filename = filename;
  return error;
}

const isDirectory = (file) => ops.op_fs_file_type(file, false) === S_IFDIR;

class FSWatcher extends EventEmitter {
  // By directory, relative to the watched one ('' for itself). Null before start() and after close().
  #natives = null;
  #filename;
  #persistent;
  #encoding;
  #recursive;
  #ignored;

  // Starts with what fs.watch() has checked.
  [kStart](filename, { persistent, recursive, encoding, ignore }) {
    if (this.#natives !== null) return;
    this.#natives = new Map();
    this.#filename = filename;
    this.#persistent = persistent;
    this.#encoding = encoding;
    this.#ignored = makeIgnoreTest(ignore);
    this.#recursive = recursive && isDirectory(filename);
    const errno = this.#add('');
    if (errno < 0) {
      this.#natives = null;
      throw watchFailed(errno, filename);
    }
    if (this.#recursive) this.#addBelow('', false);
  }

  #add(relative) {
    const native = new ops.FsWatcher();
    const full = relative === '' ? this.#filename : path.join(`${this.#filename}`, relative);
    const asBytes = !this.#recursive && wantsBytes(this.#encoding);
    const errno = native.start(full, asBytes, (renamed, name, itself) => this.#onEvent(relative, renamed, name, itself));
    if (errno < 0) return errno;
    if (!this.#persistent) native.setRef(false);
    this.#natives.set(relative, native);
    return 0;
  }

  #remove(relative) {
    for (const [dir, native] of this.#natives) {
      if (dir !== relative && !dir.startsWith(`${relative}/`)) continue;
      native.close();
      this.#natives.delete(dir);
    }
  }

  // Watches the directories in `relative`. Where they are new, what is in them already is told as if it had just come.
  #addBelow(relative, isNew) {
    const found = ops.op_fs_readdir(0, path.join(`${this.#filename}`, relative), true, false);
    if (!Array.isArray(found)) return;
    const [names, kinds] = found;
    for (let i = 0; i < names.length; i++) {
      const child = path.join(relative, names[i]);
      if (this.#ignored?.(child)) continue;
      if (isNew) this.#tell('rename', child);
      if (this.#natives === null) return;
      const isDir = kinds[i] === UV_DIRENT_DIR ||
        (kinds[i] === UV_DIRENT_UNKNOWN && isDirectory(path.join(`${this.#filename}`, child)));
      if (isDir) this.#enter(child, isNew);
    }
  }

  #enter(relative, isNew) {
    if (this.#natives.has(relative) || this.#ignored?.(relative)) return;
    // It may be gone again; that is told by the directory above it.
    if (this.#add(relative) === 0) this.#addBelow(relative, isNew);
  }

  #onEvent(relative, renamed, name, itself) {
    if (this.#natives === null) return;
    if (!this.#recursive) {
      this.#tell(renamed ? 'rename' : 'change', this.#decode(name));
      return;
    }
    if (itself) {
      // Of a directory below, the one above it tells.
      if (relative === '') this.#tell(renamed ? 'rename' : 'change', name);
      return;
    }
    const child = path.join(relative, name);
    if (renamed) {
      if (this.#natives.has(child)) {
        if (!isDirectory(path.join(`${this.#filename}`, child))) this.#remove(child);
        this.#tell('rename', child);
        return;
      }
      const isNewDirectory = isDirectory(path.join(`${this.#filename}`, child));
      this.#tell('rename', child);
      if (isNewDirectory && this.#natives !== null) this.#enter(child, true);
      return;
    }
    this.#tell('change', child);
  }

  #decode(name) {
    if (typeof name === 'string') return name;
    const buffer = new FastBuffer(name);
    return this.#encoding === 'buffer' ? buffer : buffer.toString(this.#encoding);
  }

  #tell(eventType, filename) {
    if (this.#ignored?.(filename)) return;
    this.emit('change', eventType, filename);
  }

  close() {
    if (this.#natives === null) return;
    for (const native of this.#natives.values()) native.close();
    this.#natives = null;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    this.#setRef(true);
    return this;
  }

  unref() {
    this.#setRef(false);
    return this;
  }

  #setRef(refed) {
    if (this.#natives === null) return;
    this.#persistent = refed;
    for (const native of this.#natives.values()) native.setRef(refed);
  }
}

function closeOnAbort(watcher, signal) {
  if (signal.aborted) {
    process.nextTick(() => watcher.close());
    return;
  }
  const listener = () => watcher.close();
  signal.addEventListener('abort', listener, { once: true });
  watcher.once('close', () => signal.removeEventListener('abort', listener));
}

function watchOptions(options) {
  if (typeof options === 'string') options = { encoding: options };
  else if (options !== undefined && options !== null) validateObject(options, 'options');
  const { persistent = true, recursive = false, encoding, signal, ignore } = options ?? {};
  checkEncoding(encoding);
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  validateIgnore(ignore);
  return { persistent: persistent !== false, recursive, encoding, signal, ignore };
}

function watch(filename, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  options = watchOptions(options);
  filename = getPath(filename, 'filename');
  if (options.recursive !== undefined && options.recursive !== null) validateBoolean(options.recursive, 'options.recursive');
  const watcher = new FSWatcher();
  watcher[kStart](filename, options);
  if (listener) watcher.addListener('change', listener);
  if (options.signal !== undefined) closeOnAbort(watcher, options.signal);
  return watcher;
}

// ---------------------------------------------------------------------------
// fs.promises.watch

async function* watchEvents(filename, options = { __proto__: null }) {
  validateObject(options, 'options');
  const { persistent = true, recursive = false, encoding = 'utf8', maxQueue = 2048, overflow = 'ignore', signal, ignore } = options;
  filename = getPath(filename, 'filename');
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'error']);
  validateAbortSignal(signal, 'options.signal');
  validateIgnore(ignore);
  checkEncodingName(encoding);
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  const watcher = new FSWatcher();
  const queue = new EventQueue(maxQueue, overflow);
  watcher.on('change', (eventType, name) => queue.push({ __proto__: null, eventType, filename: name }));
  watcher.on('error', (err) => queue.fail(err));
  const onAbort = () => queue.fail(new AbortError(undefined, { cause: signal.reason }));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    watcher[kStart](filename, { persistent, recursive, encoding, ignore });
    for (;;) yield await queue.next();
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', onAbort);
  }
}

function checkEncodingName(encoding) {
  if (encoding !== undefined && encoding !== null && typeof encoding !== 'string') {
    throw new ERR_INVALID_ARG_VALUE('options.encoding', encoding, 'is invalid encoding');
  }
  checkEncoding(encoding);
}

// Events that nobody has asked for yet, or the one asker that waits for one.
class EventQueue {
  #events = [];
  #error;
  #waiting;
  #maxQueue;
  #overflow;

  constructor(maxQueue, overflow) {
    this.#maxQueue = maxQueue;
    this.#overflow = overflow;
  }

  push(event) {
    if (this.#waiting !== undefined) {
      this.#settle('resolve', event);
      return;
    }
    if (this.#events.length < this.#maxQueue) {
      this.#events.push(event);
      return;
    }
    if (this.#overflow === 'error') {
      this.fail(new ERR_FS_WATCH_QUEUE_OVERFLOW(this.#maxQueue));
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
  }

  fail(error) {
    if (this.#waiting !== undefined) this.#settle('reject', error);
    else this.#error ??= error;
  }

  #settle(how, value) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting[how](value);
  }

  next() {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#events.length > 0) return this.#events.shift();
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }
}

module.exports = { FSWatcher, watch, watchEvents };
