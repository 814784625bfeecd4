'use strict';
// fs.Dir: a directory that is read piece by piece, with a buffer of entries so that not every entry is a trip to another thread.

const { FastBuffer } = require('internal/buffer/fast_buffer');
const {
  codes: { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const { joinPath, makeDirent } = require('internal/fs/dirent');
const { wantsBytes } = require('internal/fs/operations');
const { CallbackRequest, now } = require('internal/fs/requests');
const { getOptions, getPath } = require('internal/fs/validate');

const kDefaultBufferSize = 32;
const kHandle = Symbol('handle');

class Dir {
  #handle;
  #path;
  #options;
  #closed = false;
  // Entries that have been read and not given out, in order.
  #entries = [];
  #next = 0;
  // Where a recursive reading is, when it has left the directory that it began with.
  #current;
  // Directories that it is still to go into.
  #below = [];
  // While a read is under way: what waits for it. Null otherwise.
  #waiting = null;

  constructor(token, handle, path, options) {
    if (token !== kHandle) throw new ERR_MISSING_ARGS('handle');
    this.#handle = handle;
    this.#path = path;
    this.#options = options;
  }

  get path() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    return this.#path;
  }

  read(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#read((err, entry) => (err ? reject(err) : resolve(entry)));
      });
    }
    validateFunction(callback, 'callback');
    this.#read(callback);
  }

  #read(callback) {
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    if (this.#waiting !== null) {
      this.#waiting.push(() => this.#read(callback));
      return;
    }
    const entry = this.#take();
    if (entry !== undefined) {
      process.nextTick(callback, null, entry);
      return;
    }
    this.#fill(callback);
  }

  #take() {
    if (this.#next === this.#entries.length) return undefined;
    const entry = this.#entries[this.#next++];
    if (this.#options.recursive && entry.isDirectory()) this.#below.push(joinPath(entry.parentPath, entry.name));
    return entry;
  }

  #store(result, path) {
    const [names, kinds] = result;
    const { asBytes, encoding } = this.#options;
    this.#next = 0;
    this.#entries = names.map((name, i) => {
      if (asBytes) {
        name = new FastBuffer(name);
        if (encoding !== 'buffer') name = name.toString(encoding);
      }
      return makeDirent(path, name, kinds[i]);
    });
  }

  // Reads the next entries from another thread, in the directory at hand or one below it.
  #fill(callback) {
    this.#waiting = [];
    const done = (err, entry) => {
      const waiting = this.#waiting;
      this.#waiting = null;
      try {
        if (err) callback(err);
        else callback(null, entry);
      } finally {
        for (const resume of waiting) resume();
      }
    };
    const { bufferSize, asBytes } = this.#options;
    const how = new CallbackRequest((err, result) => {
      if (err) return done(err);
      if (result !== undefined) {
        this.#store(result, this.#currentPath());
        return done(null, this.#take());
      }
      const below = this.#below.pop();
      if (below === undefined) return done(null, null);
      this.#enter(below, (openError) => (openError ? done(openError) : this.#fillAgain(done)));
    });
    how.end(this.#handle.read(how.begin('scandir', this.#path), bufferSize, asBytes));
  }

  #fillAgain(done) {
    const waiting = this.#waiting;
    this.#fill((err, entry) => {
      this.#waiting = waiting;
      done(err, entry);
    });
  }

  #currentPath() {
    return this.#current ?? this.#path;
  }

  #enter(path, callback) {
    const handle = new ops.DirHandle();
    const how = new CallbackRequest((err) => {
      if (err) return callback(err);
      this.#handle.close(0);
      this.#handle = handle;
      this.#current = path;
      callback(null);
    });
    how.done(handle.open(how.begin('opendir', path), path));
  }

  readSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    for (;;) {
      const entry = this.#take();
      if (entry !== undefined) return entry;
      now.begin('scandir', this.#path);
      const result = now.end(this.#handle.read(0, this.#options.bufferSize, this.#options.asBytes));
      if (result !== undefined) {
        this.#store(result, this.#currentPath());
        continue;
      }
      const below = this.#below.pop();
      if (below === undefined) return null;
      this.#enterSync(below);
    }
  }

  #enterSync(path) {
    const handle = new ops.DirHandle();
    now.begin('opendir', path);
    now.done(handle.open(0, path));
    this.#handle.close(0);
    this.#handle = handle;
    this.#current = path;
  }

  close(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#close((err) => (err ? reject(err) : resolve()));
      });
    }
    validateFunction(callback, 'callback');
    this.#close(callback);
  }

  #close(callback) {
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    if (this.#waiting !== null) {
      this.#waiting.push(() => this.#close(callback));
      return;
    }
    this.#closed = true;
    const how = new CallbackRequest(callback);
    how.done(this.#handle.close(how.begin('closedir')));
  }

  closeSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    this.#closed = true;
    this.#handle.close(0);
  }

  async *entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      if (!this.#closed) await this.close();
    }
  }

  // Disposing of what is closed already is no mistake.
  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this.#closed) await this.close();
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  __proto__: null,
  value: Dir.prototype.entries,
  enumerable: false,
  writable: true,
  configurable: true,
});

function dirOptions(options) {
  options = getOptions(options, { encoding: 'utf8' });
  const { bufferSize = kDefaultBufferSize, encoding, recursive } = options;
  validateUint32(bufferSize, 'options.bufferSize', true);
  return { bufferSize, encoding, asBytes: wantsBytes(encoding), recursive: Boolean(recursive) };
}

function opendir(how, path, options) {
  path = getPath(path);
  options = dirOptions(options);
  const handle = new ops.DirHandle();
  // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
  const toDir = () => new Dir(kHandle, handle, path, options);
  how.map = toDir;
  return how.end(handle.open(how.begin('opendir', path), path));
}

module.exports = { Dir, opendir };
