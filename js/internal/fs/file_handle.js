'use strict';
// FileHandle: an open file of the promise interface. Its methods are the functions below it, each taking the handle first; they count as
// users of the handle, so that closing waits for them.

const { EventEmitter } = require('events');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { Buffer } = require('buffer');
const {
  AbortError, aggregateTwoErrors,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE },
} = require('internal/errors');
const { validateInteger } = require('internal/validators');
const { kRef, kUnref } = require('internal/fs/handle_symbols');
const io = require('internal/fs/io');
const operations = require('internal/fs/operations');
const { PromiseRequest } = require('internal/fs/requests');
const { getOptions, getViews } = require('internal/fs/validate');
const wholeFile = require('internal/fs/whole_file');
const { makeWebStream } = require('internal/fs/web_stream');

// What of an iterable is written with one call.
const kWriteChunk = 512 * 1024;

// A handle that nobody closed. Its descriptor is closed, and the program is told, since it may run out of them.
let abandoned;

function watch(handle, fd) {
  abandoned ??= new FinalizationRegistry(reportAbandoned);
  abandoned.register(handle, fd, handle);
}

function reportAbandoned(fd) {
  ops.op_fs_close(0, fd);
  const error = new ERR_INVALID_STATE('A FileHandle object was closed during garbage collection. ' +
    'This used to be allowed with a deprecation warning but is now considered an error. ' +
    `Please close FileHandle objects explicitly. File descriptor: ${fd}`);
  // Nothing catches what a finalizer throws.
  setImmediate(() => {
    throw error;
  });
}

class FileHandle extends EventEmitter {
  #fd;
  // Its owner, and each stream and call that uses it.
  #users = 1;
  #closing;
  #closed;

  constructor(fd) {
    super();
    this.#fd = fd;
    watch(this, fd);
  }

  get fd() {
    return this.#fd;
  }

  getAsyncId() {
    return 0;
  }

  // A function of its own for each handle: it is passed around without the handle.
  close = () => {
    if (this.#fd === -1) return this.#closing ?? Promise.resolve();
    if (this.#closing !== undefined) return this.#closing;
    this.#users--;
    if (this.#users === 0) {
      this.#closing = this.#release();
    } else {
      this.#closing = new Promise((resolve, reject) => {
        this.#closed = { resolve, reject };
      });
    }
    const forget = () => {
      this.#closing = undefined;
    };
    this.#closing.then(forget, forget);
    this.emit('close');
    return this.#closing;
  };

  #release() {
    const fd = this.#fd;
    this.#fd = -1;
    abandoned.unregister(this);
    return operations.close(new PromiseRequest(), fd);
  }

  [kRef]() {
    this.#users++;
  }

  [kUnref]() {
    this.#users--;
    if (this.#users === 0) this.#release().then(this.#closed.resolve, this.#closed.reject);
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  appendFile(data, options) {
    return use(writeFile, this, data, options);
  }

  chmod(mode) {
    return use(chmod, this, mode);
  }

  chown(uid, gid) {
    return use(chown, this, uid, gid);
  }

  datasync() {
    return use(datasync, this);
  }

  sync() {
    return use(sync, this);
  }

  read(buffer, offset, length, position) {
    return use(read, this, buffer, offset, length, position);
  }

  readv(buffers, position) {
    return use(readv, this, buffers, position);
  }

  readFile(options) {
    return use(readFile, this, options);
  }

  readLines(options) {
    // readline is a layer above; a program that reads lines has loaded it anyway.
    return require('readline').createInterface({
      input: this.createReadStream(options),
      crlfDelay: Infinity,
    });
  }

  stat(options) {
    return use(stat, this, options);
  }

  truncate(length = 0) {
    return use(truncate, this, length);
  }

  utimes(atime, mtime) {
    return use(utimes, this, atime, mtime);
  }

  write(data, offset, length, position) {
    return use(write, this, data, offset, length, position);
  }

  writev(buffers, position) {
    return use(writev, this, buffers, position);
  }

  writeFile(data, options) {
    return use(writeFile, this, data, options);
  }

  readableWebStream(options) {
    return makeWebStream(this, options);
  }

  // fs itself requires this file; only when a stream is wanted are both loaded.
  createReadStream(options = undefined) {
    const { ReadStream } = require('fs');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('fs');
    return new WriteStream(undefined, { ...options, fd: this });
  }
}

async function use(fn, handle, ...args) {
  if (!(handle instanceof FileHandle)) throw new ERR_INVALID_ARG_TYPE('filehandle', 'FileHandle', handle);
  if (handle.fd === -1) {
    const err = new Error('file closed');
    err.code = 'EBADF';
    err.syscall = fn.name;
    throw err;
  }
  handle[kRef]();
  try {
    return await fn(handle, ...args);
  } finally {
    handle[kUnref]();
  }
}

const chmod = (handle, mode) => operations.fchmod(new PromiseRequest(), handle.fd, mode);
const chown = (handle, uid, gid) => operations.fchown(new PromiseRequest(), handle.fd, uid, gid);
const datasync = (handle) => operations.fdatasync(new PromiseRequest(), handle.fd);
const sync = (handle) => operations.fsync(new PromiseRequest(), handle.fd);
const stat = (handle, options) => operations.fstat(new PromiseRequest(), handle.fd, options);
const truncate = (handle, length) => operations.ftruncate(new PromiseRequest(), handle.fd, length);
const utimes = (handle, atime, mtime) => operations.futimes(new PromiseRequest(), handle.fd, atime, mtime);

// ---------------------------------------------------------------------------
// Pieces

async function read(handle, buffer, offset, length, position) {
  let options;
  if (!ArrayBuffer.isView(buffer)) {
    // (options), which may bring the buffer.
    options = buffer;
    if (options !== undefined && options !== null && typeof options !== 'object') {
      throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    buffer = options?.buffer;
    if (buffer === undefined) buffer = Buffer.alloc(io.kDefaultReadSize);
  } else if (offset !== null && typeof offset === 'object') {
    options = offset;
  }
  if (options !== undefined && options !== null) ({ offset, length, position } = options);
  if (offset == null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (length == null) length = buffer?.byteLength - offset;
  if (length === 0) return { __proto__: null, bytesRead: 0, buffer };
  const where = io.readPlaceOf(buffer, offset, length, position);
  const bytesRead = await io.readPlace(new PromiseRequest(), handle.fd, where);
  return { __proto__: null, bytesRead, buffer };
}

async function readv(handle, buffers, position) {
  getViews(buffers);
  const bytesRead = await io.vectored(new PromiseRequest(), handle.fd, buffers, position, false);
  return { __proto__: null, bytesRead, buffers };
}

async function write(handle, data, offset, length, position) {
  if (ArrayBuffer.isView(data) && data.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer: data };
  let bytesWritten;
  if (ArrayBuffer.isView(data)) {
    bytesWritten = await io.writePlace(new PromiseRequest(), handle.fd, io.writePlaceByOptions(data, offset, length, position));
  } else {
    io.checkText(data);
    io.checkTextEncoding(data, length);
    bytesWritten = await io.writeText(new PromiseRequest(), handle.fd, data, offset, length);
  }
  return { __proto__: null, bytesWritten, buffer: data };
}

async function writev(handle, buffers, position) {
  getViews(buffers);
  if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
  const bytesWritten = await io.vectored(new PromiseRequest(), handle.fd, buffers, position, true);
  return { __proto__: null, bytesWritten, buffers };
}

// ---------------------------------------------------------------------------
// Whole files

function checkSignal(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

function readFile(handle, options) {
  options = getOptions(options, wholeFile.readDefaults);
  checkSignal(options.signal);
  return wholeFile.readFile(new PromiseRequest(), handle.fd, options);
}

const isIterable = (data) => data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
  (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');

async function writeFile(handle, data, options) {
  options = getOptions(options, wholeFile.writeDefaults);
  checkSignal(options.signal);
  if (isIterable(data)) return writeIterable(handle, data, options);
  return wholeFile.writeFile(new PromiseRequest(), handle.fd, data, options, false);
}

async function writeIterable(handle, data, { encoding, signal }) {
  for await (const chunk of data) {
    checkSignal(signal);
    wholeFile.checkData(chunk);
    let rest = ArrayBuffer.isView(chunk) ? new FastBuffer(chunk.buffer, chunk.byteOffset, chunk.byteLength) :
      Buffer.from(chunk, encoding || 'utf8');
    while (rest.byteLength > 0) {
      checkSignal(signal);
      const { bytesWritten } = await write(handle, rest, 0, Math.min(kWriteChunk, rest.byteLength));
      rest = rest.subarray(bytesWritten);
    }
    checkSignal(signal);
  }
}

// Waits for `work` on a handle of our own and closes it, whatever comes of it. No error gets lost.
async function closeAfter(work, handle) {
  let result;
  try {
    result = await work;
  } catch (err) {
    try {
      await handle.close();
    } catch (closeError) {
      throw aggregateTwoErrors(closeError, err);
    }
    throw err;
  }
  await handle.close();
  return result;
}

module.exports = { FileHandle, checkSignal, closeAfter, isIterable, use, writeFile, readFile };
