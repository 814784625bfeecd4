'use strict';
// What carries a TLS connection's ciphertext: the native handle of a net.Socket, or any Duplex.

const { FastBuffer } = require('internal/buffer/fast_buffer');
const { Buffer } = require('buffer');
const { kHandle } = require('internal/net/socket');
const { describeOwners, kOnRead, kOnReadEnd, kOnWritten } = require('internal/net/pump');

const UV_EOF = -4095;
const UV_ECONNRESET = -104;

// What process.getActiveResourcesInfo() calls such connections.
describeOwners((object) => {
  if (!(object instanceof NativeTransport)) return undefined;
  return object.native instanceof ops.Pipe ? 'PipeSocketWrap' : 'TCPSocketWrap';
});

// A handle whose events come here from now on. `socket`, if any, is whose it was.
class NativeTransport {
  constructor(native, socket) {
    this.native = native;
    this.socket = socket;
    this.upper = null;
  }

  get _handle() {
    return this.native;
  }

  attach(upper) {
    this.upper = upper;
    this.native.setOwner(this);
  }

  // The connection goes on with another handle.
  replace(native) {
    this.native = native;
    if (this.socket) this.socket[kHandle] = native;
    native.setOwner(this);
  }

  [kOnRead](bytes) {
    this.upper.onDirectBytes(bytes);
    this.upper.owner?._unrefTimer();
  }

  [kOnReadEnd](status) {
    this.upper.onEnd(status);
  }

  [kOnWritten](status) {
    this.upper.onWritten(status);
  }

  readStart() {
    if (this.native.reading) return;
    const status = this.native.readStart();
    if (status) this.upper.onEnd(status);
  }

  readStop() {
    this.native.readStop();
  }

  write(bytes) {
    return this.native.writeBuffer(bytes);
  }

  shutdown() {
    return this.native.shutdown();
  }

  close() {
    const { socket } = this;
    // Its own socket closes the handle, and tells its listeners.
    if (socket) socket.destroy();
    else this.native.close();
  }

  reset() {
    return this.native.reset ? this.native.reset() : (this.native.close(), 0);
  }

  get writeQueueSize() {
    return this.native.writeQueueSize;
  }

  getpeername(out) {
    return this.native.getpeername ? this.native.getpeername(out) : -1;
  }

  getsockname(out) {
    // A unix socket has a path and no address.
    return this.native.getsockname && !(this.native instanceof ops.Pipe) ? this.native.getsockname(out) : -1;
  }

  ref() {
    this.native.ref();
  }

  unref() {
    this.native.unref();
  }

  hasRef() {
    return this.native.hasRef();
  }
}

class StreamTransport {
  constructor(stream) {
    this.stream = stream;
    this.native = null;
    this.upper = null;
    this.pending = 0;
    this.started = false;
    this.closing = false;
  }

  attach(upper) {
    this.upper = upper;
    const { stream } = this;
    stream.on('error', (err) => upper.owner?.destroy(err));
    stream.on('close', () => upper.onEnd(stream.readableEnded ? UV_EOF : UV_ECONNRESET));
    stream.on('end', () => upper.onEnd(UV_EOF));
  }

  readStart() {
    const { stream, upper } = this;
    if (!this.started) {
      this.started = true;
      stream.on('data', (chunk) => upper.onBytes(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    }
    stream.resume();
  }

  readStop() {
    this.stream.pause();
  }

  write(bytes) {
    const { stream } = this;
    if (stream.destroyed || stream.writableEnded) return UV_ECONNRESET;
    this.pending++;
    stream.write(new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength), (err) => {
      this.pending--;
      if (this.pending === 0 || err) this.upper.onWritten(err ? UV_ECONNRESET : 0);
    });
    return 1;
  }

  shutdown() {
    if (!this.stream.writableEnded) this.stream.end();
    return 0;
  }

  close() {
    this.stream.destroy();
  }

  reset() {
    this.stream.destroy();
    return 0;
  }

  get writeQueueSize() {
    return this.stream.writableLength;
  }

  getpeername(out) {
    return copyAddress(out, this.stream.remoteAddress, this.stream.remotePort, this.stream.remoteFamily);
  }

  getsockname(out) {
    return copyAddress(out, this.stream.localAddress, this.stream.localPort, this.stream.localFamily);
  }

  ref() {
    this.stream.ref?.();
  }

  unref() {
    this.stream.unref?.();
  }

  hasRef() {
    return true;
  }
}

function copyAddress(out, address, port, family) {
  if (address === undefined) return -1;
  out.address = address;
  out.port = port;
  out.family = family;
  return 0;
}

module.exports = { NativeTransport, StreamTransport };
