'use strict';
// fs.watchFile: asks for a file's stat again and again and tells when it is another.

const { resolve } = require('path');
const { EventEmitter } = require('events');
const { validateFunction, validateUint32 } = require('internal/validators');
const { RawRequest, statArray } = require('internal/fs/requests');
const { statsFrom } = require('internal/fs/stats');
const { getPath } = require('internal/fs/validate');

const kDefaultInterval = 5007;
const FOLLOW = 1;
const BIGINT = 2;

// Slots of the stat array that make a file another one: everything but the time of access.
const kCompared = [0, 1, 3, 4, 7, 8, 12, 13, 14, 15, 16, 17];

class StatWatcher extends EventEmitter {
  #path;
  #interval;
  #bigint;
  #timer;
  #running = false;
  // What was last seen, and the error (0: none) of the last look.
  #last;
  #status = 0;
  #first = true;
  // The loop is kept alive while somebody holds on to it: at most once for each persistent listener.
  #holders = 0;
  #maxHolders = 0;

  constructor(path, bigint) {
    super();
    this.#path = path;
    this.#bigint = bigint;
  }

  start(interval) {
    this.#interval = interval;
    this.#running = true;
    this.#last = this.#nothing();
    this.#look();
  }

  #nothing() {
    return this.#bigint ? new BigInt64Array(18) : new Float64Array(18);
  }

  #look() {
    const request = new RawRequest((status) => {
      if (!this.#running) return;
      this.#compare(status);
      if (this.#running) this.#schedule();
    });
    const options = FOLLOW | (this.#bigint ? BIGINT : 0);
    ops.op_fs_stat(request.begin(), this.#path, options, statArray(this.#bigint));
  }

  #schedule() {
    this.#timer = setTimeout(() => this.#look(), this.#interval);
    if (this.#holders === 0) this.#timer.unref();
  }

  #compare(status) {
    const first = this.#first;
    this.#first = false;
    if (status < 0) {
      if (status === this.#status) return;
      this.#status = status;
      this.emit('change', statsFrom(this.#nothing()), statsFrom(this.#last));
      return;
    }
    const current = statArray(this.#bigint).slice();
    const previous = this.#last;
    const changed = this.#status < 0 || (!first && kCompared.some((slot) => current[slot] !== previous[slot]));
    this.#status = 0;
    this.#last = current;
    if (changed) this.emit('change', statsFrom(current), statsFrom(previous));
  }

  // One persistent listener more or less.
  hold() {
    this.#maxHolders++;
    this.ref();
  }

  release() {
    if (this.#maxHolders > 0) this.#maxHolders--;
    this.unref();
  }

  ref() {
    if (this.#holders < this.#maxHolders && this.#holders++ === 0) this.#timer?.ref();
    return this;
  }

  unref() {
    if (this.#holders > 0 && --this.#holders === 0) this.#timer?.unref();
    return this;
  }

  stop() {
    if (!this.#running) return;
    this.#running = false;
    clearTimeout(this.#timer);
    process.nextTick(() => this.emit('stop'));
  }
}

const watchers = new Map();

function watchFile(filename, options, listener) {
  filename = resolve(toText(getPath(filename, 'filename')));
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = undefined;
  }
  validateFunction(listener, 'listener');
  const { persistent = true, interval = kDefaultInterval, bigint = false } = options ?? {};
  validateUint32(interval, 'interval');
  let watcher = watchers.get(filename);
  if (watcher === undefined) {
    watcher = new StatWatcher(filename, bigint === true);
    watchers.set(filename, watcher);
    watcher.start(interval);
  }
  if (persistent) watcher.hold();
  watcher.addListener('change', listener);
  return watcher;
}

function toText(path) {
  return typeof path === 'string' ? path : path.toString();
}

function unwatchFile(filename, listener) {
  filename = resolve(toText(getPath(filename, 'filename')));
  const watcher = watchers.get(filename);
  if (watcher === undefined) return;
  if (typeof listener === 'function') {
    const before = watcher.listenerCount('change');
    watcher.removeListener('change', listener);
    if (watcher.listenerCount('change') < before) watcher.release();
  } else {
    watcher.removeAllListeners('change');
  }
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    watchers.delete(filename);
  }
}

module.exports = { StatWatcher, unwatchFile, watchFile };
