'use strict';
// process.stdout, process.stderr and process.stdin: made on first use, by what descriptors 0, 1 and 2 are. The stream classes
// are in internal/stdio, internal/tty and fs.

const { codes: { ERR_UNKNOWN_STDIN_TYPE, ERR_UNKNOWN_STREAM_TYPE } } = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { process } = require('internal/process/object');
const { SyncWriteStream, addHandle } = require('internal/stdio/write_stream');
const { DescriptorReadStream } = require('internal/stdio/read_stream');

const kinds = ['FILE', 'PIPE', 'TTY', 'TCP', 'UDP', 'UNKNOWN'];

function kindOf(fd) {
  return kinds[ops.op_os_fd_kind(fd)];
}

// The two output streams outlive their own end: what is written after destroy() still comes out.
function pretendToDestroy(err, callback) {
  callback(err);
  this._undestroy();
  if (!this._writableState.emitClose) nextTick(() => this.emit('close'));
}

function makeOutput(fd) {
  let stream;
  switch (kindOf(fd)) {
    case 'TTY': {
      // tty is a layer above; only a process on a terminal needs it.
      const { WriteStream } = require('tty');
      stream = new WriteStream(fd);
      stream._type = 'tty';
      break;
    }
    case 'FILE':
      stream = new SyncWriteStream(fd, { autoClose: false });
      stream._type = 'fs';
      break;
    case 'PIPE':
    case 'TCP':
      stream = new SyncWriteStream(fd, { autoClose: false });
      addHandle(stream);
      stream._type = 'pipe';
      break;
    default:
      throw new ERR_UNKNOWN_STREAM_TYPE();
  }
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream._destroy = pretendToDestroy;
  if (stream.isTTY) process.on('SIGWINCH', () => stream._refreshSize());
  return stream;
}

let stdin;
let stdout;
let stderr;

function getStdout() {
  return stdout ??= makeOutput(1);
}

function getStderr() {
  return stderr ??= makeOutput(2);
}

function makeInput() {
  const fd = 0;
  switch (kindOf(fd)) {
    case 'TTY': {
      // As above.
      const { ReadStream } = require('tty');
      return new ReadStream(fd);
    }
    case 'FILE': {
      // fs is of this layer but needs no loading before somebody reads.
      const { ReadStream } = require('fs');
      return new ReadStream(null, { fd, autoClose: false });
    }
    case 'PIPE':
    case 'TCP': {
      const stream = new DescriptorReadStream(fd);
      stream._type = 'pipe';
      if (!stream._handle.openForReading()) throw new ERR_UNKNOWN_STDIN_TYPE();
      return stream;
    }
    default: {
      // Nothing to read, as from an empty file.
      const { Readable } = require('stream');
      const stream = new Readable({ read() {} });
      stream.push(null);
      return stream;
    }
  }
}

function getStdin() {
  if (stdin === undefined) {
    stdin = makeInput();
    stdin.fd = 0;
  }
  return stdin;
}

module.exports = { getStderr, getStdin, getStdout, kindOf };
