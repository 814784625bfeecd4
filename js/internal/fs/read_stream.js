'use strict';
// fs.ReadStream.

const { Readable } = require('stream');
const { Buffer } = require('buffer');
const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');
const { errorOrDestroy } = require('internal/streams/destroy');
const { beginCall, checkPosition, closeAndTell, copyOptions, defineCommon, endCall, kFs, takeSource } = require('internal/fs/stream_base');

const kChunkSize = 64 * 1024;

// Returns the class; `fs` is the public module, whose functions a stream calls as it finds them.
function makeReadStream(fs) {
  function ReadStream(path, options) {
    if (!(this instanceof ReadStream)) return new ReadStream(path, options);
    options = copyOptions(options);
    if (options.highWaterMark === undefined) options.highWaterMark = kChunkSize;
    takeSource(this, path, options, fs, 'r', ['open', 'close', 'read']);

    this.start = options.start;
    this.end = options.end ?? Infinity;
    this.pos = undefined;
    this.bytesRead = 0;
    if (this.start !== undefined) {
      checkPosition(this.start, 'start');
      this.pos = this.start;
    }
    if (this.end !== Infinity) {
      checkPosition(this.end, 'end');
      if (this.start !== undefined && this.start > this.end) {
        throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
      }
    }
    Reflect.apply(Readable, this, [options]);
    if (options.encoding) this.setEncoding(options.encoding);
  }
  Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
  Object.setPrototypeOf(ReadStream, Readable);
  defineCommon(ReadStream.prototype, '_readableState');

  ReadStream.prototype._read = function _read(size) {
    const left = this.pos === undefined ? this.end - this.bytesRead : this.end - this.pos;
    size = Math.min(left + 1, size);
    if (size <= 0) {
      this.push(null);
      return;
    }
    const buffer = Buffer.allocUnsafeSlow(size);
    beginCall(this);
    this[kFs].read(this.fd, buffer, 0, size, this.pos, (err, bytesRead, filled) => readDone(this, err, bytesRead, filled ?? buffer));
  };

  ReadStream.prototype.close = function close(callback) {
    if (callback) closeAndTell(this, callback);
    else this.destroy(null);
  };

  return ReadStream;
}

function readDone(stream, err, bytesRead, buffer) {
  if (!endCall(stream, err)) return;
  if (err) {
    errorOrDestroy(stream, err);
    return;
  }
  if (bytesRead === 0) {
    stream.push(null);
    return;
  }
  if (stream.pos !== undefined) stream.pos += bytesRead;
  stream.bytesRead += bytesRead;
  // A chunk much smaller than its memory would keep all of that alive.
  if (bytesRead !== buffer.length) {
    const exact = Buffer.allocUnsafeSlow(bytesRead);
    buffer.copy(exact, 0, 0, bytesRead);
    buffer = exact;
  }
  stream.push(buffer);
}

module.exports = { makeReadStream };
