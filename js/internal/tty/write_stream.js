'use strict';
// tty.WriteStream: a terminal to write to, with its size, colours and cursor.

const { ErrnoException } = require('internal/errors');
const { SyncWriteStream, addHandle } = require('internal/stdio/write_stream');
const { getColorDepth, hasColors } = require('internal/tty/color_depth');
const cursor = require('internal/tty/cursor');
const { checkTerminal } = require('internal/tty/init');

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  checkTerminal(fd);
  Reflect.apply(SyncWriteStream, this, [fd]);
  addHandle(this);
  const size = readSize(fd);
  if (typeof size !== 'number') [this.columns, this.rows] = size;
}
Object.setPrototypeOf(WriteStream.prototype, SyncWriteStream.prototype);
Object.setPrototypeOf(WriteStream, SyncWriteStream);

// [columns, rows], or a negative errno.
function readSize(fd) {
  const size = new Uint32Array(2);
  const result = ops.op_os_tty_size(fd, size);
  return result < 0 ? result : [size[0], size[1]];
}

WriteStream.prototype.isTTY = true;

WriteStream.prototype.getColorDepth = getColorDepth;

WriteStream.prototype.hasColors = hasColors;

// Called when the process learns that its terminal has changed.
WriteStream.prototype._refreshSize = function _refreshSize() {
  const size = readSize(this.fd);
  if (typeof size === 'number') {
    this.emit('error', new ErrnoException(size, 'getWindowSize'));
    return;
  }
  const [columns, rows] = size;
  if (this.columns === columns && this.rows === rows) return;
  this.columns = columns;
  this.rows = rows;
  this.emit('resize');
};

WriteStream.prototype.cursorTo = function cursorTo(x, y, callback) {
  return cursor.cursorTo(this, x, y, callback);
};

WriteStream.prototype.moveCursor = function moveCursor(dx, dy, callback) {
  return cursor.moveCursor(this, dx, dy, callback);
};

WriteStream.prototype.clearLine = function clearLine(direction, callback) {
  return cursor.clearLine(this, direction, callback);
};

WriteStream.prototype.clearScreenDown = function clearScreenDown(callback) {
  return cursor.clearScreenDown(this, callback);
};

WriteStream.prototype.getWindowSize = function getWindowSize() {
  return [this.columns, this.rows];
};

module.exports = { WriteStream };
