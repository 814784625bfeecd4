'use strict';
// What a TLSSocket has for a handle: the methods that net.Socket calls on a native stream, on a TLS connection (ext_tls/src/connection.rs) over a
// transport (transport.js). It decides nothing: hellos, handshakes and errors go to its owner.

const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { setImmediate } = require('timers');
const { trampoline } = require('internal/process/execution');
const { nextTick } = require('internal/process/task_queues');
const { JSStreamSocket } = require('internal/net/stream_socket');
const { kOnRead, kOnReadEnd, kOnUserRead, kOnWritten } = require('internal/net/pump');

const UV_EOF = -4095;
const UV_EPROTO = -71;

const EARLY_LIMIT = 64 * 1024;

// What ext_tls/src/connection.rs tells, as bits.
const PLAINTEXT = 1;
const OUTGOING = 2;
const HANDSHAKE_DONE = 4;
const CLIENT_HELLO = 8;
const PEER_CLOSED = 16;
const FAILED = 32;
const KEY_LINES = 64;
const NEW_SESSIONS = 128;

// What the owner is told: (handle)
const kOnHello = Symbol('kOnHello');
const kOnSecure = Symbol('kOnSecure');
const kOnFailure = Symbol('kOnFailure');
const kOnKeyLine = Symbol('kOnKeyLine');
const kOnSession = Symbol('kOnSession');
// (id, session, done): a server's
const kOnNewSession = Symbol('kOnNewSession');

class TlsHandle {
  constructor(connection, transport) {
    this.connection = connection;
    this.transport = transport;
    this.owner = null;
    this.reading = false;
    // The handshake is over, and the owner agrees.
    this.secured = false;
    this.failed = false;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    // Plaintext that waits for a reader, plaintext that waits for the handshake.
    this.unread = [];
    this.unsent = [];
    this.unsentSize = 0;
    // The status that follows what is unread.
    this.end = null;
    this.waitingForWrite = false;
    this.shutdownWanted = false;
    // What a program has to do with new sessions before anything more is sent, and what waits for it.
    this.held = 0;
    this.heldBits = 0;
    this.shutdownHeld = false;
    this.userBuffer = null;
    this.closedHandle = false;
    // Bytes that have come while the program is asked about a client's hello, or about a session.
    this.early = 0;
    this.asking = false;
    // Whether the event loop is what called.
    this.direct = false;
    // Who is to move the bytes instead.
    this.taker = null;
    transport.attach(this);
  }

  // Begins to take what comes.
  start(bits) {
    this.transport.readStart();
    this.handle(bits);
  }

  // The socket below this one. Node's has it under this name, and packages look for it.
  get _parentWrap() {
    const { socket, stream } = this.transport;
    if (stream === undefined) return socket;
    return this.transport.wrap ??= new JSStreamSocket(stream);
  }

  getALPNNegotiatedProtocol() {
    return this.connection.agreed().alpn ?? false;
  }

  // ---- events of the transport

  onBytes(bytes) {
    if (this.closedHandle || this.failed) return;
    if (this.asking || this.held > 0) {
      // A peer that goes on and on meanwhile has to wait.
      this.early += bytes.length;
      if (this.early > EARLY_LIMIT) this.transport.readStop();
    }
    this.handle(this.connection.receive(bytes));
  }

  // The program has been asked all.
  answered(bits) {
    this.asking = false;
    this.goOn();
    this.handle(bits);
  }

  goOn() {
    if (this.early > EARLY_LIMIT) this.transport.readStart();
    this.early = 0;
  }

  // As onBytes(), from the event loop.
  onDirectBytes(bytes) {
    this.direct = true;
    try {
      this.onBytes(bytes);
    } finally {
      this.direct = false;
    }
  }

  onEnd(status) {
    if (this.closedHandle || this.end !== null) return;
    this.end = status;
    if (this.reading || !this.secured || status !== UV_EOF || this.endsUnread()) this.deliver();
  }

  // Who has stopped reading is told of the end all the same, when nothing comes before it.
  endsUnread() {
    return this.secured && this.end !== null && this.unread.length === 0;
  }

  onWritten(status) {
    if (!this.waitingForWrite || this.closedHandle) return;
    this.waitingForWrite = false;
    this.owner[kOnWritten](status);
  }

  // ---- what the connection tells

  // What comes together is told as if it had come apart: ticks and microtasks run between.
  tell(event, value) {
    const { owner } = this;
    if (!this.direct) {
      owner[event](value);
      return;
    }
    this.direct = false;
    trampoline(owner[event], this.owner, value);
    this.direct = true;
  }

  handle(bits) {
    const { owner, connection } = this;
    if ((bits & KEY_LINES) !== 0) {
      for (let line = connection.keyLine(); line.length > 0; line = connection.keyLine()) this.tell(kOnKeyLine, asBuffer(line));
    }
    let tells = (bits & NEW_SESSIONS) !== 0 && owner._tlsOptions.isServer;
    if (tells) {
      this.held++;
      if (connection.agreed().protocol === 'TLSv1.2') {
        // The handshake ends when the program has it.
        tells = false;
        this.tellSessions();
      }
      bits &= ~NEW_SESSIONS;
    }
    if (this.held > 0 && !tells) {
      this.heldBits |= bits;
      return;
    }
    // The end of the handshake is told before its last bytes go out: who does not like the peer lets it know nothing.
    if ((bits & (OUTGOING | HANDSHAKE_DONE)) === OUTGOING) this.flush();
    if (this.closedHandle) return;
    if ((bits & CLIENT_HELLO) !== 0) {
      this.asking = true;
      owner[kOnHello](this);
    }
    if ((bits & NEW_SESSIONS) !== 0 && !this.closedHandle) {
      for (let session = connection.newSession(); session.length > 0; session = connection.newSession()) {
        this.tell(kOnSession, asBuffer(session));
      }
    }
    if ((bits & HANDSHAKE_DONE) !== 0 && !this.closedHandle) {
      this.tell(kOnSecure, this);
      if (!this.closedHandle) this.secure();
    }
    if (tells) this.tellSessions();
    if ((bits & PLAINTEXT) !== 0 && !this.closedHandle && this.taker === null) {
      for (let bytes = connection.plaintext(); bytes.length > 0; bytes = connection.plaintext()) this.unread.push(asBuffer(bytes));
    }
    if ((bits & PEER_CLOSED) !== 0 && this.end === null) this.end = UV_EOF;
    if (this.reading || this.endsUnread()) this.deliver();
    if ((bits & FAILED) !== 0 && !this.closedHandle) this.fail();
    if (this.taker !== null) this.pass();
    else if (this.secured && !this.reading && !this.closedHandle && this.unread.length > 0) this.transport.readStop();
  }

  // Has somebody else move the bytes: at once, or when the handshake is done. `take(native, ahead)` gets the transport's native handle and what was read
  // and not told; `take(null)` says that it cannot be, some being on their way.
  passOn(take) {
    this.taker = take;
    if (this.secured) this.pass();
    else this.owner._start();
  }

  pass() {
    if (!this.secured || this.held > 0) return;
    const { taker, unread, transport: { native } } = this;
    this.taker = null;
    if (this.closedHandle || this.failed) return;
    const busy = this.waitingForWrite || this.shutdownWanted || this.end !== null || this.userBuffer !== null;
    if (busy || !(native instanceof ops.StreamHandle) || native.writeQueueSize > 0) {
      taker(null);
      this.handle(this.connection.pending());
      return;
    }
    this.unread = [];
    this.reading = false;
    taker(native, Buffer.concat(unread));
  }

  // Of a connection whose bytes somebody else moves: its sessions and keys.
  tellNews() {
    this.handle(this.connection.pending() & (KEY_LINES | NEW_SESSIONS));
  }

  // The bytes are this one's again, and go through `native`.
  takeBack(native) {
    this.transport.replace(native);
    this.handle(this.connection.pending());
  }

  // Tells of new sessions; nothing is sent until all are done with.
  tellSessions() {
    const { owner, connection } = this;
    for (let made = connection.madeSession(); made !== null && !this.closedHandle; made = connection.madeSession()) {
      let called = false;
      this.held++;
      owner[kOnNewSession](asBuffer(made[0]), asBuffer(made[1]), () => {
        if (called) return;
        called = true;
        this.release();
      });
    }
    this.release();
  }

  release() {
    if (--this.held > 0 || this.closedHandle) return;
    const bits = this.heldBits;
    this.heldBits = 0;
    this.goOn();
    const status = this.flush();
    if (status !== 1 && this.waitingForWrite) {
      nextTick(() => this.onWritten(status));
    }
    if (this.shutdownHeld) this.transport.shutdown();
    if (bits !== 0) this.handle(bits);
    else if (this.taker !== null) this.pass();
  }

  // What was written ahead of the handshake goes out.
  secure() {
    this.secured = true;
    const { unsent, connection } = this;
    if (unsent.length > 0) {
      this.unsent = [];
      this.unsentSize = 0;
      for (const bytes of unsent) {
        connection.write(bytes);
        this.bytesWritten += bytes.length;
      }
    }
    const status = this.flush();
    if (status !== 1 && this.waitingForWrite) {
      this.waitingForWrite = false;
      nextTick(() => { if (!this.closedHandle) this.owner[kOnWritten](status); });
    }
    if (this.shutdownWanted) this.shutdown();
  }

  fail() {
    this.failed = true;
    this.transport.readStop();
    this.owner[kOnFailure](this);
  }

  deliver() {
    if (this.taker !== null && this.secured) return;
    while (this.unread.length > 0 && this.reading && !this.closedHandle) {
      const bytes = this.unread.shift();
      this.bytesRead += bytes.length;
      if (this.userBuffer !== null) this.fillUserBuffer(bytes);
      else if (this.unread.length > 0 || this.end !== null) this.tell(kOnRead, bytes);
      else this.owner[kOnRead](bytes);
    }
    if (this.end === null || this.unread.length > 0 || this.closedHandle) return;
    const status = this.end;
    this.end = undefined;
    if (status === undefined) return;
    this.reading = false;
    // Without a handshake there is nobody to answer, half-open or not.
    if (!this.secured && this.owner.allowHalfOpen && this.owner._tlsOptions.isServer) this.owner.destroy();
    else this.owner[kOnReadEnd](status);
  }

  fillUserBuffer(bytes) {
    const { userBuffer } = this;
    const count = Math.min(bytes.length, userBuffer.byteLength);
    new FastBuffer(userBuffer.buffer, userBuffer.byteOffset, userBuffer.byteLength).set(bytes.subarray(0, count));
    if (count < bytes.length) this.unread.unshift(bytes.subarray(count));
    this.owner[kOnUserRead](count);
  }

  // The transport's status: 1 when it takes its time.
  flush() {
    if (this.held > 0) return 1;
    const bytes = this.connection.outgoing();
    return bytes.length === 0 ? 0 : this.transport.write(bytes);
  }

  // ---- what net.Socket calls

  setOwner(owner) {
    this.owner = owner;
  }

  readStart() {
    this.reading = true;
    if (this.unread.length > 0 || (this.end !== null && this.end !== undefined)) {
      nextTick(() => { if (this.reading) this.deliver(); });
    }
    if (!this.failed) this.transport.readStart();
    return 0;
  }

  readStop() {
    this.reading = false;
    if (this.secured) this.transport.readStop();
    return 0;
  }

  useUserBuffer(view) {
    this.userBuffer = view;
  }

  writeBuffer(view) {
    if (!this.secured) return this.queue(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
    this.connection.write(view);
    this.bytesWritten += view.byteLength;
    return this.written();
  }

  writeUtf8(text) {
    return this.writeBuffer(Buffer.from(text));
  }

  writeLatin1(text) {
    return this.writeBuffer(Buffer.from(text, 'latin1'));
  }

  // What is written together goes out in records of its own, as in Node.
  writev(views) {
    return this.writeBuffer(Buffer.concat(views));
  }

  queue(bytes) {
    if (this.failed) return UV_EPROTO;
    this.unsent.push(bytes);
    this.unsentSize += bytes.length;
    this.waitingForWrite = true;
    // Writing alone begins a handshake that nobody has begun.
    this.owner._start();
    return 1;
  }

  // As in Node a write takes until the loop's next turn, even if the transport takes all at once: what is written meanwhile goes out together.
  written() {
    const status = this.flush();
    if (status < 0) return status;
    this.waitingForWrite = true;
    if (status === 0) setImmediate(writeTaken, this);
    return 1;
  }

  shutdown() {
    if (!this.secured && !this.failed && this.end === null) {
      // The peer is to hear of it after the handshake.
      this.shutdownWanted = true;
      return 0;
    }
    this.connection.closeNotify();
    if (this.held > 0) {
      this.shutdownHeld = true;
      return 0;
    }
    this.flush();
    return this.transport.shutdown();
  }

  close() {
    if (this.closedHandle) return;
    this.closedHandle = true;
    this.unread = [];
    this.unsent = [];
    this.transport.close();
  }

  reset() {
    this.closedHandle = true;
    return this.transport.reset();
  }

  get writeQueueSize() {
    return this.unsentSize + this.transport.writeQueueSize;
  }

  get fd() {
    return this.transport.native?.fd ?? -1;
  }

  getpeername(out) {
    return this.transport.getpeername(out);
  }

  getsockname(out) {
    return this.transport.getsockname(out);
  }

  setNoDelay(enable) {
    return this.transport.native?.setNoDelay?.(enable);
  }

  setKeepAlive(enable, delay) {
    return this.transport.native?.setKeepAlive?.(enable, delay);
  }

  ref() {
    this.transport.ref();
  }

  unref() {
    this.transport.unref();
  }

  hasRef() {
    return this.transport.hasRef();
  }
}

function writeTaken(handle) {
  handle.onWritten(0);
}

function asBuffer(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

module.exports = { TlsHandle, asBuffer, kOnFailure, kOnHello, kOnKeyLine, kOnNewSession, kOnSecure, kOnSession };
