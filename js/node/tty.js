'use strict';
// tty: terminals as streams. The classes are in internal/tty.

const { ReadStream } = require('internal/tty/read_stream');
const { WriteStream } = require('internal/tty/write_stream');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && ops.op_os_tty_is(fd);
}

module.exports = { isatty, ReadStream, WriteStream };
