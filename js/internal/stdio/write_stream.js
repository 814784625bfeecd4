'use strict';
// A Writable on a descriptor that takes every write before write() returns: standard output and error on a file or pipe, and
// (through internal/tty/write_stream.js) on a terminal. Where the process's streams come from is in internal/process/stdio.js.

const { Writable } = require('stream');
const { Buffer } = require('buffer');
const { ErrnoException, UVException } = require('internal/errors');
const flags = require('internal/streams/flags');
const { DescriptorHandle } = require('internal/stdio/handle');

const { kConstructed, kDestroyed, kErrored } = flags.common;
const { kEnding, kWriting } = flags.writable;
const kIdleMask = kConstructed | kDestroyed | kErrored | kEnding | kWriting;

// A pipe or terminal words it as a socket does, a file as fs does.
function writeFailed(stream, errno) {
  return stream._handle !== undefined ? new ErrnoException(errno, 'write') : new UVException({ errno, syscall: 'write' });
}

function SyncWriteStream(fd, options) {
  if (!(this instanceof SyncWriteStream)) return new SyncWriteStream(fd, options);
  Reflect.apply(Writable, this, [{ autoDestroy: true, decodeStrings: false, highWaterMark: options?.highWaterMark }]);
  this.fd = fd;
  this.readable = false;
  this.autoClose = options?.autoClose === undefined ? true : options.autoClose;
  this.bytesWritten = 0;
}
Object.setPrototypeOf(SyncWriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(SyncWriteStream, Writable);

// An idle stream needs none of the bookkeeping of a Writable: what is written is gone when the call returns. Everything
// unusual (a callback, another encoding, a cork, a stream that has ended or is overridden) takes the ordinary way.
SyncWriteStream.prototype.write = function write(chunk, encoding, callback) {
  const state = this._writableState;
  if (encoding === undefined && callback === undefined && (state.flags & kIdleMask) === kConstructed && state.corked === 0 &&
      state.length === 0 && (typeof chunk === 'string' ? state.defaultEncoding === 'utf8' : chunk instanceof Uint8Array) &&
      this._write === writeNow) {
    const result = ops.op_os_stdio_write(this.fd, chunk);
    if (result >= 0) {
      this.bytesWritten += result;
      return true;
    }
    this._failure = result;
  }
  return Reflect.apply(Writable.prototype.write, this, [chunk, encoding, callback]);
};

function writeNow(chunk, encoding, callback) {
  let result = this._failure;
  if (result === undefined) {
    if (typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8') chunk = Buffer.from(chunk, encoding);
    result = ops.op_os_stdio_write(this.fd, chunk);
  } else {
    this._failure = undefined;
  }
  if (result < 0) {
    callback(writeFailed(this, result));
    return;
  }
  this.bytesWritten += result;
  callback();
}

SyncWriteStream.prototype._write = writeNow;
// What write() met and _write() is to report.
SyncWriteStream.prototype._failure = undefined;

SyncWriteStream.prototype._destroy = function _destroy(err, callback) {
  if (this.fd === null) return callback(err);
  if (this.autoClose && this.fd > 2) ops.op_fs_close(0, this.fd);
  this.fd = null;
  callback(err);
};

SyncWriteStream.prototype.destroySoon = SyncWriteStream.prototype.end;

// Standard output never keeps the loop alive, so there is nothing to count.
SyncWriteStream.prototype.ref = function ref() {
  return this;
};
SyncWriteStream.prototype.unref = function unref() {
  return this;
};

// Programs reach for `stream._handle` to make pipes blocking, or to ask whether there is one.
function addHandle(stream) {
  stream._handle = new DescriptorHandle(stream.fd);
}

module.exports = { SyncWriteStream, addHandle };
