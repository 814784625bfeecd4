'use strict';
// tty.ReadStream: a terminal to read from, by lines or (raw) by keys.

const { ErrnoException } = require('internal/errors');
const { DescriptorReadStream } = require('internal/stdio/read_stream');
const { checkTerminal } = require('internal/tty/init');

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  checkTerminal(fd);
  // A mark of 0: what is typed is read when somebody asks for it, so that a child may have the rest.
  Reflect.apply(DescriptorReadStream, this, [fd, { highWaterMark: 0, ...options }]);
  this._handle.openForReading();
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, DescriptorReadStream.prototype);
Object.setPrototypeOf(ReadStream, DescriptorReadStream);

let restoresAtExit = false;

// The shell must find its terminal as it was.
function restoreAtExit() {
  if (restoresAtExit) return;
  restoresAtExit = true;
  process.on('exit', () => ops.op_os_tty_restore());
}

ReadStream.prototype.setRawMode = function setRawMode(flag) {
  flag = !!flag;
  const result = ops.op_os_tty_set_raw(this.fd, flag);
  if (result < 0) {
    this.emit('error', new ErrnoException(result, 'setRawMode'));
    return this;
  }
  if (flag) restoreAtExit();
  this.isRaw = flag;
  return this;
};

module.exports = { ReadStream };
