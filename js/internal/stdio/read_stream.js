'use strict';
// A Readable on a pipe, socket or terminal that the process was started with. It reads only while somebody wants data, and
// keeps the loop alive only then; the descriptor's flags are not touched, as other processes may share it.

const { Readable } = require('stream');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { ErrnoException } = require('internal/errors');
const { DescriptorHandle } = require('internal/stdio/handle');

function DescriptorReadStream(fd, options) {
  if (!(this instanceof DescriptorReadStream)) return new DescriptorReadStream(fd, options);
  Reflect.apply(Readable, this, [{ highWaterMark: options?.highWaterMark, autoDestroy: true }]);
  this.fd = fd;
  this.bytesRead = 0;
  this._handle = new DescriptorHandle(fd);
  // Made once, so that a read costs no closure.
  this._onread = (count, data) => readDone(this, count, data);
  this.on('pause', stopReading);
}
Object.setPrototypeOf(DescriptorReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(DescriptorReadStream, Readable);

DescriptorReadStream.prototype._read = function _read() {
  const handle = this._handle;
  if (handle === null || handle.reading) return;
  const result = handle.readOnce(this._onread);
  if (result < 0) this.destroy(new ErrnoException(result, 'read'));
};

function readDone(stream, count, data) {
  const handle = stream._handle;
  if (handle === null) return;
  handle.reading = false;
  if (count > 0) {
    stream.bytesRead += count;
    stream.push(new FastBuffer(data));
  } else if (count === 0) {
    stream.push(null);
    // Nobody may be listening: 'end' and the closing are still due.
    stream.read(0);
  } else {
    stream.destroy(new ErrnoException(count, 'read'));
  }
}

// A paused stream must let the process end, even with a read under way.
function stopReading() {
  const handle = this._handle;
  if (handle === null || !handle.reading) return;
  handle.readStop();
  this._readableState.reading = false;
}

DescriptorReadStream.prototype._destroy = function _destroy(err, callback) {
  const handle = this._handle;
  if (handle !== null) {
    this._handle = null;
    handle.close();
  }
  callback(err);
};

DescriptorReadStream.prototype.ref = function ref() {
  this._handle?.ref();
  return this;
};

DescriptorReadStream.prototype.unref = function unref() {
  this._handle?.unref();
  return this;
};

module.exports = { DescriptorReadStream };
