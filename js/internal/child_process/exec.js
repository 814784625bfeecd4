'use strict';
// Children whose output is collected: exec() and execFile(), and their forms for util.promisify.

const { Buffer } = require('buffer');
const {
  codes: { ERR_CHILD_PROCESS_STDIO_MAXBUFFER, ERR_INVALID_ARG_TYPE },
  genericNodeError,
  uvErrorName,
} = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { clearTimeout, setTimeout } = require('timers');
const {
  MAX_BUFFER, rejectNullBytes, sanitizeKillSignal, validateMaxBuffer, validateTimeout,
} = require('internal/child_process/arguments');
const { spawn } = require('internal/child_process/spawn');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

// (command, options, callback) -> what execFile takes.
function normalizeExecArguments(command, options, callback) {
  validateString(command, 'command');
  rejectNullBytes(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

// (file, args, options, callback) with anything but the file left out.
function normalizeExecFileArguments(file, args, options, callback) {
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args !== null && typeof args === 'object') {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  args ??= [];
  if (typeof args !== 'object') throw new ERR_INVALID_ARG_TYPE('args', 'object', args);
  if (typeof options === 'function') callback = options;
  else if (options != null) validateObject(options, 'options');
  options = typeof options === 'function' || options == null ? {} : options;
  if (callback != null) validateFunction(callback, 'callback');
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    rejectNullBytes(options.argv0, 'options.argv0');
  }
  return { file, args, options, callback };
}

// Gathers what one stream gives, up to `limit` bytes; `onOverflow(err)` is called beyond.
class Gatherer {
  constructor(stream, name, encoding, limit, onOverflow) {
    this.stream = stream;
    this.encoding = encoding;
    this.chunks = [];
    this.length = 0;
    if (!stream) return;
    if (encoding) stream.setEncoding(encoding);
    stream.on('data', (chunk) => {
      const used = stream.readableEncoding;
      const length = used ? Buffer.byteLength(chunk, used) : chunk.length;
      const room = limit - this.length;
      this.length += length;
      if (length <= room) {
        this.chunks.push(chunk);
        return;
      }
      this.chunks.push(chunk.slice(0, room));
      onOverflow(new ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name));
    });
  }

  take() {
    if (this.encoding || this.stream?.readableEncoding) return this.chunks.join('');
    return Buffer.concat(this.chunks);
  }
}

function execFile(givenFile, givenArgs, givenOptions, givenCallback) {
  const normalized = normalizeExecFileArguments(givenFile, givenArgs, givenOptions, givenCallback);
  const { file, args, callback } = normalized;
  const options = {
    __proto__: null,
    encoding: 'utf8',
    timeout: 0,
    maxBuffer: MAX_BUFFER,
    killSignal: 'SIGTERM',
    cwd: null,
    env: null,
    shell: false,
    ...normalized.options,
  };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = sanitizeKillSignal(options.killSignal);

  const child = spawn(file, args, {
    __proto__: null,
    argv0: options.argv0,
    cwd: options.cwd,
    env: options.env,
    gid: options.gid,
    shell: options.shell,
    signal: options.signal,
    uid: options.uid,
    windowsHide: Boolean(options.windowsHide),
    windowsVerbatimArguments: Boolean(options.windowsVerbatimArguments),
  });

  const encoding = options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding) ? options.encoding : null;
  let failure = null;
  let done = false;
  let killed = false;
  let timer = null;

  const kill = () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    killed = true;
    try {
      child.kill(options.killSignal);
    } catch (err) {
      failure ??= err;
      finish();
    }
  };
  const overflow = (err) => {
    failure = err;
    kill();
  };
  const stdout = new Gatherer(child.stdout, 'stdout', encoding, options.maxBuffer, overflow);
  const stderr = new Gatherer(child.stderr, 'stderr', encoding, options.maxBuffer, overflow);

  function finish(code, signal) {
    if (done) return;
    done = true;
    if (timer !== null) clearTimeout(timer);
    if (!callback) return;
    const out = stdout.take();
    const err = stderr.take();
    if (failure === null && code === 0 && signal === null) {
      callback(null, out, err);
      return;
    }
    const command = [file, ...args].join(' ');
    failure ??= genericNodeError(`Command failed: ${command}\n${err}`, {
      code: code < 0 ? uvErrorName(code) : code,
      killed: child.killed || killed,
      signal,
    });
    failure.cmd = command;
    callback(failure, out, err);
  }

  if (options.timeout > 0) {
    timer = setTimeout(() => {
      timer = null;
      kill();
    }, options.timeout);
  }
  child.addListener('close', finish);
  child.addListener('error', (err) => {
    failure = err;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish();
  });
  return child;
}

function exec(command, options, callback) {
  const normalized = normalizeExecArguments(command, options, callback);
  return execFile(normalized.file, normalized.options, normalized.callback);
}

// The promise has the child as a property, and fails with what the child wrote.
function promisified(run) {
  return (...args) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = run(...args, (err, stdout, stderr) => {
      if (err === null) {
        resolve({ stdout, stderr });
      } else {
        err.stdout = stdout;
        err.stderr = stderr;
        reject(err);
      }
    });
    return promise;
  };
}

for (const run of [exec, execFile]) {
  Object.defineProperty(run, kCustomPromisify, { __proto__: null, enumerable: false, value: promisified(run) });
  Object.defineProperty(run[kCustomPromisify], 'name', { __proto__: null, configurable: true, value: run.name });
}

module.exports = { exec, execFile, normalizeExecArguments };
