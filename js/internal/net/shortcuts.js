'use strict';
// What most reads and writes of a socket are: the stream has nothing under way, and its machinery would only be gone through. Here is when that is so,
// and the way of bytes through pipe() from one socket to another, which JavaScript need not see at all.

const flags = require('internal/streams/flags');
const { kDestination } = require('internal/streams/readable_pipe');
const { Duplex } = require('stream');
const { kForward, kOnRead, takeBytes } = require('internal/net/pump');
const { symbols: { kHandle, kTimeout } } = require('internal/net/socket_properties');

// What became of a write that was made ahead of _writeGeneric().
const kWriteStatus = Symbol('kWriteStatus');
// In kWriteStatus: there was none.
const kNotWritten = -1e6;

// A reading side that hands every chunk straight to its 'data' listeners.
const kReadBits = flags.common.kSync | flags.common.kDestroyed | flags.common.kErrored | flags.common.kEnded |
  flags.readable.kFlowing | flags.readable.kDataListening | flags.common.kObjectMode;
const kReadWanted = flags.readable.kFlowing | flags.readable.kDataListening;
const { kDataEmitted } = flags.readable;

// A writing side that has nothing under way.
const kWriteBits = flags.common.kConstructed | flags.common.kErrored | flags.common.kDestroyed | flags.common.kObjectMode |
  flags.writable.kEnding | flags.writable.kWriting | flags.writable.kNeedDrain | flags.writable.kBufferProcessing |
  flags.writable.kDecodeStrings;
const kWriteWanted = flags.common.kConstructed;

// Whether a chunk that comes now is nothing but a 'data' event.
function isFlowing(socket) {
  const state = socket._readableState;
  return (state.flags & kReadBits) === kReadWanted && state.length === 0 && state.decoder === null && state.awaitDrainWriters === null;
}

function noteData(socket) {
  socket._readableState.flags |= kDataEmitted;
}

// Whether a chunk that is written now is the only one.
function isIdle(socket) {
  const state = socket._writableState;
  return (state.flags & kWriteBits) === kWriteWanted && state.corked === 0 && state.length === 0 && !socket.connecting && Boolean(socket[kHandle]);
}

// Instrumentation may put itself in the prototype's place.
const { emit } = Duplex.prototype;

// `writesItself(socket)`: nobody has put themselves between the socket's write() and its handle.
function defineForward(Socket, writesItself) {
  // True when the bytes that have come went to the socket that they are piped to.
  Socket.prototype[kForward] = function(count) {
    const destination = this._events?.data?.[kDestination];
    if (destination === undefined || !(destination instanceof Socket) || !writesItself(destination) || this.emit !== emit ||
        this[kHandle] === null || !isFlowing(this) || !isIdle(destination)) {
      return false;
    }
    const handle = destination[kHandle];
    if (handle.forward === undefined) return false;
    const written = handle.forward();
    if (written === count) {
      if (this[kTimeout] !== null) this._unrefTimer();
      if (destination[kTimeout] !== null) destination._unrefTimer();
      noteData(this);
      return true;
    }
    const buffer = takeBytes(count);
    if (written >= 0) {
      this[kOnRead](buffer.subarray(written));
    } else {
      // As write() does it, which would ask the kernel again and hear of another error.
      destination[kWriteStatus] = written;
      Duplex.prototype.write.call(destination, buffer);
    }
    return true;
  };
}

module.exports = { defineForward, isFlowing, isIdle, kNotWritten, kWriteStatus, noteData };
