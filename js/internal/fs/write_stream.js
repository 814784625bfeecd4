'use strict';
// fs.WriteStream.

const { Writable } = require('stream');
const { Buffer } = require('buffer');
const { genericNodeError } = require('internal/errors');
const { validateBoolean } = require('internal/validators');
const { beginCall, checkPosition, copyOptions, defineCommon, endCall, kFs, takeSource } = require('internal/fs/stream_base');

// How often a descriptor may take nothing at all.
const kMaxRetries = 5;

// Returns the class; `fs` is the public module, whose functions a stream calls as it finds them.
function makeWriteStream(fs) {
  function WriteStream(path, options) {
    if (!(this instanceof WriteStream)) return new WriteStream(path, options);
    options = copyOptions(options);
    // Bytes are what is counted and written again after a short write.
    options.decodeStrings = true;
    if (options.flush !== undefined && options.flush !== null) validateBoolean(options.flush, 'options.flush');
    this.flush = options.flush === true;

    // Either of the two will do.
    const writers = ['write', 'writev'].filter((name) => !options.fs || options.fs[name]);
    if (writers.length === 0) writers.push('write');
    takeSource(this, path, options, fs, 'w', ['open', 'close', ...writers]);
    if (!this[kFs].write) this._write = null;
    if (!this[kFs].writev) this._writev = null;

    this.start = options.start;
    this.pos = undefined;
    this.bytesWritten = 0;
    if (this.start !== undefined) {
      checkPosition(this.start, 'start');
      this.pos = this.start;
    }
    Reflect.apply(Writable, this, [options]);
    if (options.encoding) this.setDefaultEncoding(options.encoding);
  }
  Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
  Object.setPrototypeOf(WriteStream, Writable);
  defineCommon(WriteStream.prototype, '_writableState');

  WriteStream.prototype._write = function _write(data, encoding, callback) {
    beginCall(this);
    writeAll(this, data, 0, 0, (err) => {
      endCall(this, err);
      callback(err);
    });
  };

  WriteStream.prototype._writev = function _writev(chunks, callback) {
    beginCall(this);
    const buffers = chunks.map(({ chunk }) => chunk);
    writeAllTogether(this, buffers, 0, (err) => {
      endCall(this, err);
      callback(err);
    });
  };

  WriteStream.prototype.close = function close(callback) {
    if (callback) {
      if (this.closed) {
        process.nextTick(callback);
        return;
      }
      this.on('close', callback);
    }
    // A stream that keeps its descriptor at the end has to be told.
    if (!this.autoClose) this.on('finish', this.destroy);
    // Nobody may be waiting, and yet everything is to be written.
    this.end();
  };

  WriteStream.prototype.destroySoon = WriteStream.prototype.end;

  return WriteStream;
}

function advance(stream, written) {
  stream.bytesWritten += written;
  if (stream.pos !== undefined) stream.pos += written;
}

// A descriptor may take less than it is given.
function writeAll(stream, data, offset, retries, callback) {
  const length = data.length - offset;
  stream[kFs].write(stream.fd, data, offset, length, stream.pos, (err, written = 0) => {
    if (err?.code === 'EAGAIN') {
      err = null;
      written = 0;
    }
    if (err) return callback(err);
    advance(stream, written);
    if (written === length || stream.destroyed) return callback(null);
    retries = written > 0 ? 0 : retries + 1;
    if (retries > kMaxRetries) return callback(stalled('write'));
    writeAll(stream, data, offset + written, retries, callback);
  });
}

function writeAllTogether(stream, buffers, retries, callback) {
  let length = 0;
  for (const buffer of buffers) length += buffer.length;
  stream[kFs].writev(stream.fd, buffers, stream.pos, (err, written = 0) => {
    if (err?.code === 'EAGAIN') {
      err = null;
      written = 0;
    }
    if (err) return callback(err);
    advance(stream, written);
    if (written === length || stream.destroyed) return callback(null);
    retries = written > 0 ? 0 : retries + 1;
    if (retries > kMaxRetries) return callback(stalled('writev'));
    // Which of them are written is easier to tell of one piece.
    const rest = Buffer.concat(buffers).subarray(written);
    if (written > 0) writeAllTogether(stream, [rest], 0, callback);
    else writeAllTogether(stream, buffers, retries, callback);
  });
}

function stalled(syscall) {
  return genericNodeError(`${syscall} failed`, { code: 'EAGAIN', errno: -11, syscall });
}

module.exports = { makeWriteStream };
