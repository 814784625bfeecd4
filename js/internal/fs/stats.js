'use strict';
// fs.Stats, its bigint sister, and fs.StatFs: made from the numbers that a stat op leaves in the shared array.

const { deprecate } = require('internal/util/deprecate');
const constants = require('internal/fs/constants');

const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = constants;

const kTimes = ['atime', 'mtime', 'ctime', 'birthtime'];

// One class for the questions, so that both kinds of numbers answer them.
class StatsBase {
  isDirectory() {
    return this._checkModeProperty(S_IFDIR);
  }

  isFile() {
    return this._checkModeProperty(S_IFREG);
  }

  isBlockDevice() {
    return this._checkModeProperty(S_IFBLK);
  }

  isCharacterDevice() {
    return this._checkModeProperty(S_IFCHR);
  }

  isSymbolicLink() {
    return this._checkModeProperty(S_IFLNK);
  }

  isFIFO() {
    return this._checkModeProperty(S_IFIFO);
  }

  isSocket() {
    return this._checkModeProperty(S_IFSOCK);
  }

  _checkModeProperty(type) {
    return (Number(this.mode) & S_IFMT) === type;
  }
}
for (const name of Object.getOwnPropertyNames(StatsBase.prototype)) {
  if (name !== 'constructor') Object.defineProperty(StatsBase.prototype, name, { __proto__: null, enumerable: true });
}

// Dates are made when somebody looks: most callers want size and type only.
function defineDates(prototype) {
  for (const name of kTimes) {
    const ms = `${name}Ms`;
    const define = (object, value) => Object.defineProperty(object, name, {
      __proto__: null, value, enumerable: true, writable: true, configurable: true,
    });
    Object.defineProperty(prototype, name, {
      __proto__: null,
      enumerable: true,
      configurable: true,
      get() {
        const date = new Date(Math.round(Number(this[ms])));
        define(this, date);
        return date;
      },
      set(value) {
        define(this, value);
      },
    });
  }
}

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
defineDates(Stats.prototype);

function BigIntStats(numbers) {
  const ms = (i) => numbers[i] * 1000n + numbers[i + 1] / 1000000n;
  const ns = (i) => numbers[i] * 1000000000n + numbers[i + 1];
  Reflect.apply(Stats, this, [
    numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9],
    ms(10), ms(12), ms(14), ms(16),
  ]);
  this.atimeNs = ns(10);
  this.mtimeNs = ns(12);
  this.ctimeNs = ns(14);
  this.birthtimeNs = ns(16);
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
Object.setPrototypeOf(BigIntStats, StatsBase);
defineDates(BigIntStats.prototype);

// Seconds and nanoseconds as milliseconds. Adding whole milliseconds last keeps the fraction exact.
function milliseconds(seconds, nanoseconds) {
  return seconds * 1000 + nanoseconds / 1e6;
}

function statsFrom(array) {
  if (typeof array[0] === 'bigint') return new BigIntStats(array);
  return new Stats(
    array[0], array[1], array[2], array[3], array[4], array[5], array[6], array[7], array[8], array[9],
    milliseconds(array[10], array[11]), milliseconds(array[12], array[13]), milliseconds(array[14], array[15]),
    milliseconds(array[16], array[17]),
  );
}

class StatFs {
  constructor(type, bsize, blocks, bfree, bavail, files, ffree) {
    this.type = type;
    this.bsize = bsize;
    this.blocks = blocks;
    this.bfree = bfree;
    this.bavail = bavail;
    this.files = files;
    this.ffree = ffree;
  }
}

function statFsFrom(array) {
  return new StatFs(array[0], array[1], array[2], array[3], array[4], array[5], array[6]);
}

const DeprecatedStats = deprecate(Stats, 'fs.Stats constructor is deprecated.', 'DEP0180');

module.exports = { BigIntStats, Stats: DeprecatedStats, statFsFrom, statsFrom };
