'use strict';
// class ChildProcess: a process that runs, its streams, and how it ends. What its options mean is arguments.js's and stdio.js's.

const EventEmitter = require('events');
const { ErrnoException } = require('internal/errors');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { signalName } = require('internal/process/signal_numbers');
const { toSignal } = require('internal/child_process/arguments');
const { openChannel, setupChannel } = require('internal/child_process/channel');
const { createStream, nativeNumber, parseStdio } = require('internal/child_process/stdio');

const UV_EACCES = -13;
const UV_EAGAIN = -11;
const UV_EINVAL = -22;
const UV_EMFILE = -24;
const UV_ENFILE = -23;
const UV_ENOENT = -2;
const UV_ENOSYS = -38;
const UV_ESRCH = -3;

// Failures that a program cannot foresee are events; others are thrown.
const emitted = new Set([UV_EACCES, UV_EAGAIN, UV_EMFILE, UV_ENFILE, UV_ENOENT]);

const kIsUsedAsStdio = Symbol('kIsUsedAsStdio');

function ChildProcess() {
  EventEmitter.call(this);
  // 'close' waits for the end of the process and of each stream.
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new ops.Process();
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

// Called from Rust with the process as `this`.
function onExit(code, signal) {
  if (signal !== 0) this.signalCode = signalName(signal) ?? `SIG${signal}`;
  else this.exitCode = code;
  this.stdin?.destroy();
  this._handle = null;
  if (code < 0) emitSpawnError(this, code);
  else this.emit('exit', this.exitCode, this.signalCode);
  // Streams that nobody reads would never end, and 'close' would never come.
  nextTick(flushStdio, this);
  countClose(this);
}

function emitSpawnError(child, errno) {
  const err = new ErrnoException(errno, child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn');
  if (child.spawnfile) err.path = child.spawnfile;
  err.spawnargs = child.spawnargs.slice(1);
  child.emit('error', err);
}

function onFailedStart(child, errno) {
  for (const stream of child.stdio ?? []) stream?.destroy();
  onExit.call(child, errno, 0);
}

function flushStdio(child) {
  for (const stream of child.stdio ?? []) {
    if (stream?.readable && !stream[kIsUsedAsStdio]) stream.resume();
  }
}

function countClose(child) {
  if (++child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

function emitSpawn(child) {
  child.emit('spawn');
}

// A stream that the child reads or writes from now on is read here no more.
function releaseStream(stream) {
  const handle = stream._handle ?? stream;
  handle.readStop?.();
  if (typeof stream.pause !== 'function') return;
  stream.pause();
  stream.readableFlowing = false;
  if (stream._readableState) stream._readableState.reading = false;
  stream[kIsUsedAsStdio] = true;
}

ChildProcess.prototype.spawn = function spawn(options) {
  validateObject(options, 'options');
  const { stdio, ipcFd } = parseStdio(options.stdio || 'pipe', false);
  options.stdio = stdio;
  validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const serialization = options.serialization || 'json';

  if (options.envPairs === undefined) options.envPairs = [];
  else validateArray(options.envPairs, 'options.envPairs');
  if (ipcFd !== undefined) {
    options.envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args === undefined) {
    this.spawnargs = [];
  } else {
    validateArray(options.args, 'options.args');
    this.spawnargs = options.args;
  }

  const [errno, ...fds] = this._handle.spawn({
    file: options.file,
    args: this.spawnargs.map(String),
    envPairs: options.envPairs.map(String),
    cwd: options.cwd || null,
    stdio: stdio.map(nativeNumber),
    detached: Boolean(options.detached),
    uid: options.uid ?? null,
    gid: options.gid ?? null,
  }, this, onExit);

  if (errno !== 0) {
    if (!emitted.has(errno)) {
      this._handle = null;
      throw new ErrnoException(errno, 'spawn');
    }
    nextTick(onFailedStart, this, errno);
    // No more descriptors: streams could not be made either.
    if (errno === UV_EMFILE || errno === UV_ENFILE) return errno;
  } else {
    this.pid = this._handle.pid;
    nextTick(emitSpawn, this);
  }

  this.stdio = [];
  for (let i = 0; i < stdio.length; i++) {
    const entry = stdio[i];
    let stream = null;
    if (entry.type === 'wrap') {
      releaseStream(entry.stream);
    } else if ((entry.type === 'pipe' || entry.type === 'overlapped') && !entry.ipc) {
      stream = createStream(errno === 0 ? fds[i] : -1, i > 0);
      this._closesNeeded++;
      stream.on('close', () => countClose(this));
    }
    this.stdio.push(stream);
  }
  [this.stdin, this.stdout, this.stderr] = this.stdio;

  if (ipcFd !== undefined && errno === 0) {
    this._closesNeeded++;
    setupChannel(this, openChannel(fds[ipcFd], serialization), countClose);
  }
  return errno;
};

ChildProcess.prototype.kill = function kill(signal) {
  const number = signal === 0 ? 0 : toSignal(signal === undefined ? 'SIGTERM' : signal);
  if (!this._handle) return false;
  const status = this._handle.kill(number);
  if (status === 0) {
    this.killed = true;
    return true;
  }
  if (status === UV_EINVAL || status === UV_ENOSYS) throw new ErrnoException(status, 'kill');
  // One that is dead already is what was asked for.
  if (status !== UV_ESRCH) this.emit('error', new ErrnoException(status, 'kill'));
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function ref() {
  this._handle?.ref();
};

ChildProcess.prototype.unref = function unref() {
  this._handle?.unref();
};

module.exports = { ChildProcess };
